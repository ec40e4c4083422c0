"""The studio: an institution's own questions, chapters and letters, written and translated with a preview."""

from .page import StudioPage

__all__ = ["StudioPage"]
