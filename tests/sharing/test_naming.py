"""What a file is called that is handed over."""

from __future__ import annotations

import datetime as dt

import pytest

from rebound_widgets.sharing import file_stem


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Marta Ruiz", "for-marta-2026-11-28"),
        ("  MARTA", "for-marta-2026-11-28"),
        ("Dr. Søren Ågård", "for-soren-2026-11-28"),
        ("José", "for-jose-2026-11-28"),
        ("Li Wu", "for-li-wu-2026-11-28"),
        ("../../etc/passwd", "for-etc-2026-11-28"),
        ("{name} \u202egpj.exe", "for-name-2026-11-28"),
        ("渡辺", "shared-2026-11-28"),
        ("🙂", "shared-2026-11-28"),
        ("", "shared-2026-11-28"),
        ("x" * 80, f"for-{'x' * 20}-2026-11-28"),
    ],
)
def test_a_file_is_called_after_its_reader_and_its_day(name: str, stem: str) -> None:
    """In short plain letters that every system takes, whatever the name is written in."""
    assert stem == file_stem("for-{name}", name, dt.date(2026, 11, 28), "shared")
