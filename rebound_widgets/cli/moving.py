"""``rebound import``, ``export`` and ``history``: what goes in and what comes out."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..domain.refused import Refused
from .asked import counted, print_json, workbook_of

if TYPE_CHECKING:
    from ..history.importing import ImportPlan


def bring_in(arguments: argparse.Namespace) -> int:
    """Bring in a log of a job search, or a whole workbook that was exported as JSON."""
    if arguments.file.suffix.lower() in {".json", ".rebound"}:
        return _bring_in_whole(arguments)
    from ..history.importing import plan_import, propose, read_table, remembered  # noqa: PLC0415 - as needed

    table = read_table(arguments.file, arguments.file.name)
    with workbook_of(arguments) as workbook:
        existing = workbook.store.current()
        before = None if arguments.afresh else remembered(table, existing)
        mapping = propose(
            table,
            date_order=arguments.date_order or (before.date_order if before else None),
            field_map={**(before.field_map if before else {}), **_pairs(arguments.map, "--map FIELD=COLUMN")},
            status_map={
                # Another column of statuses has other words.
                **(before.status_map if before and not arguments.map else {}),
                **_pairs(arguments.status, "--status WORDS=MEANING"),
            },
            year=arguments.year,
        )
        plan = plan_import(table, mapping, existing)
        if plan.asks:
            noted = [note.sentence for note in mapping.notes]
            sentences = [*noted, *(f"{ask.sentence} Here: {ask.argument}." for ask in plan.asks)]
            raise Refused("import-asks", "{sentence}", sentence=" ".join(sentences))
        result = {**plan.as_json(), "remembered": before.made_at.isoformat() if before else None}
        if not arguments.dry_run:
            workbook.take_in(plan.writes())
    if arguments.json:
        print_json(result)
        return 0
    if before is not None:
        print(f"Read as the list of {before.made_at.astimezone():%Y-%m-%d} was. --afresh reads it anew.")
    verb = "would be" if arguments.dry_run else "were"
    print(
        f"{result['read']} rows read: {result['imported']} {verb} added, "
        f"{result['duplicates']} were there already, "
        f"{result['refused']} could not be read."
    )
    _say_to_look_at(plan)
    return 0


SHOWN = 20
"""So many rows to look at are printed, and as many words; --json has them all."""


def _say_to_look_at(plan: ImportPlan) -> None:
    """What the page says of a list beside its counts: notes, rows to look at, words nobody but the person knows."""
    for note in plan.mapping.notes:
        print(f"  {note.sentence}")
    rows = [
        one.sentence if one.refused.rule == "import-rows-alike" else f"row {one.row}: {one.sentence}"
        for one in plan.look_at
    ]
    rows += [
        f"row {row}: One like it is in your workbook." for row in dict.fromkeys(one.row for one in plan.alike)
    ]
    words = [
        f"“{words}” ({count}): kept as it is. --status “{words}”=no says what it means."
        for words, count in plan.unmapped.items()
    ]
    for lines in (rows, words):
        for line in lines[:SHOWN]:
            print(f"  {line}")
        if len(lines) > SHOWN:
            print(f"  and {len(lines) - SHOWN} more; --json lists them all.")


def _pairs(given: Sequence[str], form: str) -> dict[str, str]:
    """``NAME=VALUE`` arguments as a mapping.

    Raises:
        Refused: one without an equals sign.
    """
    pairs = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals:
            raise Refused(
                "cli-pair", "{form} is written with an equals sign; got {got!r}.", form=form, got=pair
            )
        pairs[name.strip()] = value.strip()
    return pairs


def _bring_in_whole(arguments: argparse.Namespace) -> int:
    from ..history.exporting import read_export_json  # noqa: PLC0415
    from ..workbook.whole import plan_whole, take_whole  # noqa: PLC0415

    exported = read_export_json(arguments.file)
    with workbook_of(arguments) as workbook:
        plan = plan_whole(workbook, exported)
        if not arguments.dry_run:
            take_whole(workbook, plan)
    result = plan.as_json()
    if arguments.json:
        print_json(result)
        return 0
    verb = "would be" if arguments.dry_run else "were"
    print(
        f"{counted(result['read'], 'record')} read: {result['imported']} {verb} added, "
        f"{result['duplicates']} were there already, "
        f"{len(plan.differing)} are there with other words and stay as they are."
    )
    for record_id in plan.differing:
        print(f"  stays: {record_id}")
    return 0


def export(arguments: argparse.Namespace) -> int:
    """Write everything out."""
    from ..history.exporting.write import SUFFIXES, suffix_of, write_export  # noqa: PLC0415

    if suffix_of(arguments.path, [*SUFFIXES, *REPORTS]) in REPORTS:
        return _export_report(arguments)

    with workbook_of(arguments) as workbook:
        written = write_export(workbook.store, arguments.path, content=workbook.content)
    print(f"Written: {written}")
    return 0


REPORTS = (".html", ".pdf")


def _export_report(arguments: argparse.Namespace) -> int:
    """Write the whole search, or one interview, as one document; what is private stays out."""
    import datetime as dt  # noqa: PLC0415 - as the rest: a command loads what it needs

    from ..history.exporting.files import write_file  # noqa: PLC0415
    from ..reports import Choice, compose, page_bytes, pdf_bytes, ticked  # noqa: PLC0415

    with workbook_of(arguments) as workbook:
        history, content = workbook.history(), workbook.content
        if arguments.interview is not None:
            workbook.get(arguments.interview, "interview")
        choice = Choice(parts=ticked(history, content), interview_id=arguments.interview)
        document = compose(history, content, workbook.today(), choice)
    as_pdf = arguments.path.suffix.lower() == ".pdf"
    made = pdf_bytes(document, dt.datetime.now(dt.UTC)) if as_pdf else page_bytes(document)
    print(f"Written: {write_file(arguments.path, made)}")
    return 0


def history(arguments: argparse.Namespace) -> int:
    """The history as frames."""
    with workbook_of(arguments) as workbook:
        frames = workbook.history()
    if arguments.json:
        print_json(frames.as_json())
        return 0
    for name, frame in frames.frames().items():
        print(f"{name:14}{len(frame):>8}")
    return 0
