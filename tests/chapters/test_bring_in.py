"""Bringing in a list: what is shown of how it was understood."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.chapters import bring_in
from rebound_widgets.chapters.bring_in_asking import offered
from rebound_widgets.chapters.visit import Visit
from rebound_widgets.history.importing import ImportPlan, Meaning, plan_import
from rebound_widgets.widgets.exercise import Reply
from rebound_widgets.widgets.file_chooser import ChosenFile
from rebound_widgets.workbook import Workbook


@pytest.mark.parametrize(
    ("meaning", "shown"),
    [
        ("no@answered", "no"),
        ("no@interview", "no@interview"),
        ("no@offer", "no"),
        ("withdrawn@interview", "withdrawn"),
        ("declined@offer", "declined"),
        ("interview", "interview"),
        ("open", None),
    ],
)
def test_a_word_that_was_understood_never_reads_as_left_open(meaning: str, shown: str | None) -> None:
    """The status "Rejected after test" is shown as a no; what leaves an application open is shown so."""
    assert shown == offered(Meaning.parse(meaning))


def test_choices_made_faster_than_the_list_is_read_all_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three columns named within a moment are three columns, though the first look took longest."""
    log = tmp_path / "haku.csv"
    log.write_text(
        "Yritys,Tehtävä,Haettu,Tila\nAcme,Myyjä,12.5.2025,Hylätty\nBcme,Myyjä,13.5.2025,Hylätty\n",
        encoding="utf-8",
    )
    slow = iter([0.0, 0.3])

    def late(*args: Any, **kwargs: Any) -> ImportPlan:
        plan = plan_import(*args, **kwargs)
        time.sleep(next(slow, 0.0))
        return plan

    monkeypatch.setattr(bring_in, "plan_import", late)

    async def choose() -> None:
        one = bring_in.BringIn(Visit(Workbook.open(tmp_path / "home")))
        await one._read(ChosenFile(path=log, name="haku.csv", size=log.stat().st_size))
        for at, name in enumerate(("company", "role", "applied_on", "status")):
            one._corrected(Reply(f"import/column-{at}", None, name, 0, "", "page"))
            await asyncio.sleep(0.02)
        await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()})
        assert {0: "company", 1: "role", 2: "applied_on", 3: "status"} == dict(one._planned.mapping.fields)
        assert one._asked.words is not None

    asyncio.run(choose())
