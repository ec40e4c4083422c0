"""The counsellor's desk: what was shared with them, sessions, and figures over many people."""

from .app import DeskApp, open_desk
from .book import Desk

__all__ = ["Desk", "DeskApp", "open_desk"]
