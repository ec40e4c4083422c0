"""The page with Streamlit."""

import streamlit
from page import QUESTIONS, TITLE, keep


def written(number: int) -> None:
    keep(number, streamlit.session_state[str(number)])


streamlit.title(TITLE)
for place, question in enumerate(QUESTIONS):
    streamlit.text_area(question, key=str(place), on_change=written, args=(place,))
