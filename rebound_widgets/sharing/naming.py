"""What a file that is handed over is called: whom it is for and its day, in letters every system takes."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

NAME_LETTERS = 20
"""Letters of a person's name at most."""
_WITHOUT_MARKS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
)


def file_stem(pattern: str, name: str, day: dt.date, without: str) -> str:
    """The name of a file without its ending: ``for-marta-2026-11-28``.

    Args:
        pattern: The language's own, with ``{name}``.
        name: The person it is for, in any script; of several words the first that is no title of two letters.
        day: The day.
        without: What stands there where the name leaves no letter of the Latin alphabet.
    """
    letters = unicodedata.normalize("NFKD", name.casefold().translate(_WITHOUT_MARKS))
    words = re.findall("[a-z0-9]+", letters.encode("ascii", "ignore").decode())
    plain = next((word for word in words if len(word) > 2), "-".join(words))[:NAME_LETTERS].strip("-")
    return f"{pattern.replace('{name}', plain) if plain else without}-{day.isoformat()}"
