"""An address as a QR picture: rows of dark and light."""

from __future__ import annotations

import functools

import segno


@functools.lru_cache(maxsize=16)
def qr_rows(address: str) -> list[str]:
    """The picture's rows, ``1`` for dark and ``0`` for light, without the light border around it."""
    made = segno.make(address, error="m", micro=False)
    return ["".join("1" if dark else "0" for dark in row) for row in made.matrix]
