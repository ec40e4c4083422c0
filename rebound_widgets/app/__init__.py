"""The frame around the chapters: navigation, save status, help."""

from .app import App, open_chapter, open_workbook
from .pulse import Pulse
from .shell import Shell

__all__ = ["App", "Pulse", "Shell", "open_chapter", "open_workbook"]
