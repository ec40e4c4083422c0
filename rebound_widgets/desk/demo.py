"""An invented desk, to try things on: people who do not exist and what they shared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from ..content import load_content
from ..domain.record import Revision
from ..history import History
from ..history.samples import DEMO_PERSON, demo_revisions
from ..sharing import compose, offers, share_bytes
from .book import Desk

COUNSELLOR = "Ana Reyes"
ALL, NUMBERS = ("numbers", "answers", "interview", "application"), ("numbers",)
PEOPLE: Sequence[tuple[str, int, int, int, tuple[str, ...]]] = (
    (DEMO_PERSON, 0, 40, 1, ALL),
    ("Tomás Ferrer", 1, 12, 2, ALL),
    ("Jun Watanabe", 20, 30, 3, NUMBERS),
    ("Aisha Bello", 3, 3, 2, NUMBERS),
    ("Piotr Zielinski", 9, 40, 4, ALL),
    ("Zoë Marsh", 16, 20, 3, NUMBERS),
    ("Ola Nwosu", 1, 28, 1, NUMBERS),
    ("Inés Prado", 5, 28, 2, NUMBERS),
    ("Kofi Mensah", 0, 5, 3, NUMBERS),
    ("Lena Vogt", 7, 60, 1, NUMBERS),
    ("Sam Okafor", 2, 28, 2, NUMBERS),
    ("Yusuf Demir", 4, 28, 1, NUMBERS),
)
"""Name; days since they shared; days it may still be read; each how many-th application they sent; what is in it."""


def fill_desk(home: Path, today: dt.date) -> None:
    """Write the invented desk into ``home``."""
    content = load_content()
    desk = Desk.open(home)
    desk.workbook.record("desk/name", COUNSELLOR)
    for number, (name, ago, left, every, kinds) in enumerate(PEOPLE):
        given, workbook_id = today - dt.timedelta(days=ago), f"demo-{number}"
        history = History.of(_some(demo_revisions(given), every))
        chosen = [offer.id for offer in offers(history, content, workbook_id) if offer.id.startswith(kinds)]
        terms = {
            "reader": COUNSELLOR,
            "sharer": name,
            "why": "Our next talk" if number % 2 == 0 else "",
            "given_on": given,
            "until": today + dt.timedelta(days=left),
            "counted": True,
            "programme": "BSc Statistics",
            "term": "2026/27",
        }
        share, _ = compose(history, content, workbook_id, chosen, terms)
        desk.take_in(share_bytes(share))
    desk.close()


def _some(revisions: Sequence[Revision], every: int) -> list[Revision]:
    """One in so many applications, with what belongs to it."""
    sent = [r.record_id for r in revisions if r.kind == "application"]
    kept = set(sent[::every])
    held = {r.record_id for r in revisions if r.kind == "interview" and r.body["application_id"] in kept}
    about = kept | held
    return [
        r
        for r in revisions
        if r.record_id in about or (r.kind == "answer" and r.body.get("subject") in {None, *about})
    ]
