"""Letters: facts in, text out. Filling, tone, reading an answer, ways out of the house."""

from .filling import LETTERS, letter_facts
from .goals import goal_form
from .outgoing import as_eml, as_text, mail_address, mailto
from .reading import Found, Reading, read_answer
from .tone import Mark, check_tone

__all__ = [
    "LETTERS",
    "Found",
    "Mark",
    "Reading",
    "as_eml",
    "as_text",
    "check_tone",
    "goal_form",
    "letter_facts",
    "mail_address",
    "mailto",
    "read_answer",
]
