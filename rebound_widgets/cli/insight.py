"""``rebound insight``: what a search's numbers are worth, as sentences or as one JSON object."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..domain.refused import Refused
from .asked import print_json, workbook_of

if TYPE_CHECKING:
    from ..content import Content
    from ..history import History


def insight(arguments: argparse.Namespace) -> int:
    """Say every insight of the search."""
    from ..insight import everything, plain  # noqa: PLC0415 - a command loads what it needs

    with workbook_of(arguments) as workbook:
        today = _day(arguments.today) or workbook.today()
        history = workbook.history()
        if arguments.json:
            print_json({"today": today.isoformat(), **plain(everything(history, today))})
            return 0
        from ..content import load_content  # noqa: PLC0415 - only sentences need words

        content = load_content(arguments.locale) if arguments.locale else workbook.content
        for line in _sentences(history, today, content):
            print(line)
    return 0


def _day(given: str | None) -> dt.date | None:
    """The day to see the search from.

    Raises:
        Refused: it is not a day.
    """
    if given is None:
        return None
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise Refused(
            "cli-day", "--today takes a day such as 2026-11-05; it was given “{got}”.", got=given[:40]
        ) from None


def _sentences(history: History, today: dt.date, content: Content) -> Iterator[str]:
    """The odds, then each chart's finding with its counts and what the table under it says."""
    from ..charts import CHARTS, say_base, say_odds  # noqa: PLC0415 - only sentences need words
    from ..insight import odds_of_offer  # noqa: PLC0415

    say = content.words
    one, some = (odds_of_offer(history, today, n=n) for n in (1, 5))
    yield say("search.numbers.odds.title")
    yield f"  {say('search.numbers.odds.one', odds=say_odds(one, content))}"
    yield f"  {say('search.numbers.odds.some', n=5, odds=say_odds(some, content))}"
    yield f"  {say.plural('search.numbers.odds.own', one.of, hits=one.hits)}"
    yield f"  {say('search.numbers.odds.base', weight=int(one.weight), base=say_base(one.prior, say))}"
    for name, draw in CHARTS.items():
        picture = draw(history, today, content)
        yield ""
        yield picture.title
        drawn = any(picture.spec.get(part) for part in ("marks", "stages", "items"))
        yield from (f"  {words}" for words in (picture.counts, "" if drawn else picture.empty) if words)
        yield from _rows(name, picture.table, picture.spec)
        if picture.source and drawn:
            yield f"  {picture.source}"


def _rows(name: str, table: Any, spec: Any) -> Iterator[str]:
    """A table's rows, the first cell wide; of the rates the bars, since they are few."""
    if table is not None:
        for row in (table["columns"], *table["rows"]):
            cells = [str(cell) for cell in row]
            yield f"  {cells[0]:34}{''.join(f'  {cell:>22}' for cell in cells[1:])}".rstrip()
    elif name == "stage-rates":
        for mark in spec["marks"]:
            for value in mark["values"]:
                share = (
                    ""
                    if value["x"] is None
                    else f"{value['x']:.0%} ({value['low']:.0%} to {value['high']:.0%})"
                )
                yield f"  {value['y']:36}{mark['label']:>22}{share:>22}  {value['note']}".rstrip()
