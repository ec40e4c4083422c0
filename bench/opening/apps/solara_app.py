"""The page with Solara."""

import solara
from page import QUESTIONS, TITLE, keep


@solara.component
def Area(  # noqa: N802 - a component is named like a class
    number: int, question: str
) -> None:
    text, set_text = solara.use_state("")

    def written(new: str) -> None:
        set_text(new)
        keep(number, new)

    solara.InputTextArea(question, value=text, on_value=written)


@solara.component
def Page(  # noqa: N802 - the same
) -> None:
    solara.Markdown(f"# {TITLE}")
    for number, question in enumerate(QUESTIONS):
        Area(number, question)
