"""``rebound``: the same workbook from a terminal. Exit 0 done, 1 refused (a sentence on stderr), 2 usage."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import places
from .domain.refused import Refused

if TYPE_CHECKING:
    from .workbook import Workbook

Command = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = _parser().parse_args(argv)
    run: Command = arguments.run
    try:
        return run(arguments)
    except Refused as refused:
        print(_sentence(refused, arguments), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _sentence(refused: Refused, arguments: argparse.Namespace) -> str:
    locale = getattr(arguments, "locale", None)
    if not locale:
        return refused.sentence
    from .content import load_content  # noqa: PLC0415 - only where another language is asked for

    return load_content(locale).words.refusal(refused)


def _home(arguments: argparse.Namespace) -> Path:
    return places.home(arguments.home)


def _workbook(arguments: argparse.Namespace) -> Workbook:
    from .workbook import Workbook  # noqa: PLC0415 - a command loads what it needs

    return Workbook.open(_home(arguments), overlay=getattr(arguments, "content", None))


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, allow_nan=False))


# The app -------------------------------------------------------------------------------------------------


def _app(arguments: argparse.Namespace) -> int:
    from .serve.launcher import run_app  # noqa: PLC0415

    return run_app(
        _home(arguments),
        port=arguments.port,
        browser=arguments.browser,
        locale=arguments.locale,
        content=arguments.content,
    )


def _demo(arguments: argparse.Namespace) -> int:
    from .serve.demo import run_demo  # noqa: PLC0415

    return run_demo(port=arguments.port, browser=arguments.browser, locale=arguments.locale)


def _lab(arguments: argparse.Namespace) -> int:
    from .serve.lab import run_lab  # noqa: PLC0415

    return run_lab(_home(arguments), port=arguments.port, browser=arguments.browser)


# In and out ----------------------------------------------------------------------------------------------


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


def _import(arguments: argparse.Namespace) -> int:
    from .history.importing import plan_import, propose, read_table  # noqa: PLC0415

    table = read_table(arguments.file, arguments.file.name)
    mapping = propose(
        table,
        date_order=arguments.date_order,
        field_map=_pairs(arguments.map, "--map FIELD=COLUMN"),
        status_map=_pairs(arguments.status, "--status WORDS=MEANING"),
    )
    workbook = _workbook(arguments)
    plan = plan_import(table, mapping, workbook.store.current())
    if plan.asks:
        raise Refused("import-asks", "{sentence}", sentence=" ".join(ask.sentence for ask in plan.asks))
    result = plan.as_json()
    if not arguments.dry_run:
        workbook.take_in(plan.writes())
    if arguments.json:
        _print_json(result)
        return 0
    verb = "would be" if arguments.dry_run else "were"
    print(
        f"{result['read']} rows read: {result['imported']} {verb} added, "
        f"{result['duplicates']} were there already, "
        f"{result['refused']} could not be read."
    )
    for problem in plan.refused:
        print(f"  row {problem.row}: {problem.sentence}")
    for words, count in result["unmapped"].items():
        print(f"  “{words}” ({count}): kept as it is. --status “{words}”=no says what it means.")
    return 0


def _export(arguments: argparse.Namespace) -> int:
    from .history.exporting import write_export  # noqa: PLC0415

    workbook = _workbook(arguments)
    written = write_export(workbook.store, arguments.path)
    print(f"Written: {written}")
    return 0


def _history(arguments: argparse.Namespace) -> int:
    history = _workbook(arguments).history()
    if arguments.json:
        _print_json(history.as_json())
        return 0
    for name, frame in history.frames().items():
        print(f"{name:14}{len(frame):>8}")
    return 0


# Care ----------------------------------------------------------------------------------------------------


def _check(arguments: argparse.Namespace) -> int:
    if arguments.content is not None:
        from .content.check import check_content  # noqa: PLC0415

        problems = check_content(arguments.content)
        for problem in problems:
            print(problem)
        wrong = sum(not problem.warning for problem in problems)
        print(f"{wrong} to mend, {len(problems) - wrong} to think about.")
        return 1 if wrong else 0
    with _workbook(arguments).store as store:
        found = store.check()
    for sentence in found:
        print(sentence, file=sys.stderr)
    if not found:
        print("The workbook is whole.")
    return 1 if found else 0


def _new(arguments: argparse.Namespace) -> int:
    from .chapters.new import new_chapter  # noqa: PLC0415

    for path in new_chapter(arguments.id, Path.cwd()):
        print(f"Written: {path}")
    return 0


# The words of the command line ---------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rebound", description="A coaching workbook for what comes after a no."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Command, words: str, *, home: bool = True) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words)
        made.set_defaults(run=run)
        if home:
            made.add_argument(
                "--home", type=Path, default=os.environ.get("REBOUND_HOME"), help="the folder of the workbook"
            )
        return made

    for name, run, words in (
        ("app", _app, "open the workbook in the browser"),
        ("demo", _demo, "open an invented person's workbook in a throw-away folder"),
        ("lab", _lab, "open the notebooks in JupyterLab"),
    ):
        made = command(name, run, words, home=name != "demo")
        made.add_argument("--port", type=int, help="the port; the one of last time where not given")
        made.add_argument("--no-browser", dest="browser", action="store_false", help="open no browser")
        made.add_argument("--locale", help="the language of the pages")
        made.add_argument("--content", type=Path, help="a folder of an institution's own questions")

    made = command("import", _import, "bring in a log of a job search")
    made.add_argument("file", type=Path)
    made.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
    made.add_argument(
        "--map", action="append", default=[], metavar="FIELD=COLUMN", help="which column is what"
    )
    made.add_argument(
        "--status", action="append", default=[], metavar="WORDS=MEANING", help="what a status word means"
    )
    made.add_argument("--date-order", choices=("dmy", "mdy", "ymd"), help="the order of day, month and year")
    made.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    made = command("export", _export, "write everything out; the format follows the suffix")
    made.add_argument("path", type=Path)

    made = command("history", _history, "the history as frames")
    made.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    made = command("check", _check, "examine the workbook, or an institution's content")
    made.add_argument("--content", type=Path, help="the folder of content to examine instead")

    made = command("new", _new, "begin a chapter of your own", home=False)
    made.add_argument("what", choices=("chapter",))
    made.add_argument("id")
    return parser


if __name__ == "__main__":
    sys.exit(main())
