"""Something to take along: a whole search or one interview as one document, for the screen, the printer, the shelf."""

from .composing import Choice, compose, ticked, what_there_is
from .document import Document
from .page import page_bytes
from .pdf import pdf_bytes

__all__ = ["Choice", "Document", "compose", "page_bytes", "pdf_bytes", "ticked", "what_there_is"]
