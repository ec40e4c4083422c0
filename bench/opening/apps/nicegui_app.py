"""The page with NiceGUI."""

import os

from nicegui import ui
from page import QUESTIONS, TITLE, keep


@ui.page("/")
def index() -> None:
    ui.label(TITLE)
    for number, question in enumerate(QUESTIONS):
        ui.textarea(question, on_change=lambda event, number=number: keep(number, event.value))


ui.run(host="127.0.0.1", port=int(os.environ["PORT"]), show=False, reload=False)
