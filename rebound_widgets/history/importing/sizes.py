"""The size of a firm as logs have it."""

from __future__ import annotations

import re

from ...domain.application import SIZES

_NUMBER = re.compile(r"\d[\d.,\u00a0 ]*")
_ENDS = (10, 50, 250, 1000)


def size_word(cell: str) -> str | None:
    """The size a cell names, one of ``SIZES``; ``None`` where its figures do not lie within one of them.

    A range may touch the next size with its last figure, as "51-250" does.
    """
    text = cell.strip().lower()
    if text in SIZES:
        return text
    numbers = [int(re.sub(r"\D", "", match.group(0))) for match in _NUMBER.finditer(text)]
    if not numbers or len(numbers) > 2:
        return None
    low, high = numbers[0], numbers[-1]
    if "+" in text or text.startswith(">"):
        return SIZES[-1] if low >= _ENDS[-1] else None
    place = sum(low >= end for end in _ENDS)
    inside = place == len(_ENDS) or high <= _ENDS[place]
    return SIZES[place] if inside and low <= high else None
