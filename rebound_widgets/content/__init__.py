"""What is written: chapters, words, letters and evidence, from files into frozen values."""

from .choosing import accepted_languages, choose_language, languages
from .evidence import Evidence
from .help_lines import HelpLine
from .letter import Draft, Letter
from .loading import Content, load_content
from .locale import LocaleFacts
from .problems import ContentBroken, Problem
from .words import Words

__all__ = [
    "Content",
    "ContentBroken",
    "Draft",
    "Evidence",
    "HelpLine",
    "Letter",
    "LocaleFacts",
    "Problem",
    "Words",
    "accepted_languages",
    "choose_language",
    "languages",
    "load_content",
]
