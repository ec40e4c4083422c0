"""The page with Panel."""

import panel
from page import QUESTIONS, TITLE, keep

panel.extension()


def written(number: int) -> object:
    return lambda event: keep(number, event.new)


areas = [panel.widgets.TextAreaInput(name=question) for question in QUESTIONS]
for place, area in enumerate(areas):
    area.param.watch(written(place), "value")
panel.Column(f"# {TITLE}", *areas).servable()
