"""``rebound``: the same workbook from a terminal. Exit 0 done, 1 refused (a sentence on stderr), 2 usage."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from ..domain.refused import Refused
from . import care, insight, moving, publishing, serving

Command = Callable[[argparse.Namespace], int]
MOST_PORT = 65535


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = _parser().parse_args(argv)
    run: Command = arguments.run
    try:
        _check_language(arguments)
        code = run(arguments)
        sys.stdout.flush()
    except Refused as refused:
        print(_sentence(refused, arguments), file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        return 130
    except BrokenPipeError:
        return _unheard()
    return code


def _check_language(arguments: argparse.Namespace) -> None:
    """A language that was asked for by name is there, or the person hears which are."""
    asked = getattr(arguments, "locale", None)
    if not asked:
        return
    from ..content import choosing  # noqa: PLC0415 - only where a language is asked for

    if not choosing.has_language(asked):
        there = ", ".join(choosing.languages())
        arguments.locale = None
        raise Refused(
            "language-not-there",
            "There is no language “{got}” here; there are {there}. Name one of them, or leave --locale out.",
            got=asked[:20],
            there=there,
        )


def _port(given: str) -> int:
    """A port as an argument; 0 is any free one."""
    if not given.isdecimal() or int(given) > MOST_PORT:
        raise argparse.ArgumentTypeError(
            f"a port is a number from 1 to {MOST_PORT}; it was given {given[:20]!r}"
        )
    return int(given)


def _unheard() -> int:
    """Ends a command whose reader has gone, as "head" goes: quietly, with the exit code of such an end."""
    # What is still to be written goes nowhere, or Python would complain once more as it ends.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return 141


def _sentence(refused: Refused, arguments: argparse.Namespace) -> str:
    locale = getattr(arguments, "locale", None)
    if not locale:
        return refused.sentence
    from ..content import load_content  # noqa: PLC0415 - only where another language is asked for

    return load_content(locale).words.refusal(refused)


def _new(arguments: argparse.Namespace) -> int:
    from ..chapters.new import new_chapter  # noqa: PLC0415

    for path in new_chapter(arguments.id, Path.cwd()):
        print(f"Written: {path}")
    return 0


# The words of the command line ---------------------------------------------------------------------------

_JSON = "print one JSON object and nothing else"


class _Commands:
    """Adds one command after the other to the parser."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(
        self, name: str, run: Command, words: str, *, home: bool = True, json: bool = False
    ) -> argparse.ArgumentParser:
        """A command; with ``home`` it takes ``--home``, with ``json`` it takes ``--json``."""
        made = self._commands.add_parser(name, help=words, description=words)
        made.set_defaults(run=run)
        if home:
            made.add_argument(
                "--home", type=Path, default=os.environ.get("REBOUND_HOME"), help="the folder of the workbook"
            )
        if json:
            made.add_argument("--json", action="store_true", help=_JSON)
        return made


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rebound", description="A coaching workbook for what comes after a no."
    )
    commands = _Commands(parser)
    _add_serving(commands)
    _add_moving(commands)
    _add_care(commands)
    made = commands.add("new", _new, "begin a chapter of your own", home=False)
    made.add_argument("what", choices=("chapter",))
    made.add_argument("id")
    return parser


def _add_serving(commands: _Commands) -> None:
    for name, run, words in (
        ("app", serving.app, "open the workbook in the browser"),
        ("demo", serving.demo, "open an invented person's workbook in a throw-away folder"),
        ("lab", serving.lab, "open the notebooks in JupyterLab"),
        ("desk", serving.desk, "open a counsellor's desk: what students shared with you"),
    ):
        made = commands.add(name, run, words, home=name not in ("demo", "desk"))
        if name == "desk":
            made.add_argument("--home", type=Path, help="the folder of the desk")
        usual = "any free one" if name == "demo" else "the one of last time"
        made.add_argument("--port", type=_port, help=f"the port; {usual} where not given")
        made.add_argument("--no-browser", dest="browser", action="store_false", help="open no browser")
        made.add_argument("--locale", help="the language of the pages")
        made.add_argument("--content", type=Path, help="a folder of an institution's own questions")
        if name == "app":
            made.add_argument(
                "--open", type=Path, metavar="FILE", help="bring in a workbook that was taken home first"
            )
            made.add_argument("--yes", action="store_true", help="add it without being asked")
            made.set_defaults(json=False)
        if name == "demo":
            made.add_argument(
                "--components", action="store_true", help="the page of components instead, for whoever builds"
            )
            made.add_argument("--desk", action="store_true", help="a counsellor's desk instead")

    _add_site(commands)
    _add_hub(commands)


def _add_hub(commands: _Commands) -> None:
    made = commands.add("hosted", serving.hosted, "what a JupyterHub starts for one person")
    made.add_argument("--desk", action="store_true", help="a counsellor's: the first page is the desk")
    made.add_argument("--lab", action="store_true", help="with JupyterLab one click away")
    made.add_argument("--locale", help="the language of the pages; each browser's own where not given")
    made.add_argument("--content", type=Path, help="a folder of an institution's own questions")
    made = commands.add(
        "centre", serving.centre, "what a JupyterHub starts to keep what people share", home=False
    )
    made.add_argument("--config", type=Path, required=True, help="the file centre.toml")
    made = commands.add("hub", publishing.hub, "write the files of a JupyterHub for many people", home=False)
    made.add_argument("folder", type=Path, help="where they are written, such as /etc/rebound")
    made.add_argument("--sign-on", default="pam", help="pam, oidc, ldap or lti13")
    made.add_argument("--database", default="", help="where shares are kept; SQLite where not given")
    made.add_argument("--public", default="", help="the address that people type")
    made.add_argument("--subdomains", action="store_true", help="a host name for each person")
    made.add_argument("--systemd", action="store_true", help="limits and isolation by systemd")
    made.add_argument(
        "--lab", default="counsellors", help="who has JupyterLab: counsellors, everybody or nobody"
    )
    made.add_argument("--state", type=Path, default=Path("/var/lib/rebound/hub"), help="the hub's own folder")
    made.add_argument("--centre-user", default="rebound-centre", help="the account of the desk service")
    made = commands.add("doctor", publishing.doctor, "look at a JupyterHub and say what to mend", home=False)
    made.add_argument("folder", type=Path, help="where rebound hub wrote its files")
    made.add_argument("--files", action="store_true", help="look at the files alone, not at what runs")


def _add_site(commands: _Commands) -> None:
    made = commands.add(
        "serve", serving.serve, "publish the workbook for visitors without accounts", home=False
    )
    made.add_argument("--folder", type=Path, help="where visitors' folders are kept")
    made.add_argument("--port", type=_port, help="the port; the one of last time where not given")
    made.add_argument("--host", default="127.0.0.1", help="the address to listen at; this computer alone")
    made.add_argument("--prefix", default="/", help="the path of the site, such as /workbook/")
    made.add_argument(
        "--behind-proxy",
        action="store_true",
        help="a proxy on another computer stands before it, and says by X-Forwarded-Proto how it was asked",
    )
    made.add_argument("--locale", help="the language of the pages; the browser's where not given")
    made.add_argument("--content", type=Path, help="a folder of an institution's own questions")
    made.add_argument("--visitors", type=int, default=40, help="how many may have a page open at once")
    made.add_argument(
        "--group", action="store_true", help="a room for a group too; the line has its host's token"
    )

    made = commands.add(
        "group", serving.group, "lead a session with a group, on everybody's phone", home=False
    )
    made.add_argument("--folder", type=Path, help="where the session is kept until it ends")
    made.add_argument("--port", type=_port, help="the port; the one of last time where not given")
    made.add_argument("--host", default="0.0.0.0", help="the address to listen at; all where not given")  # noqa: S104
    made.add_argument(
        "--https", action="store_true", help="encrypt, with a certificate made here; phones warn once"
    )
    made.add_argument("--no-browser", dest="browser", action="store_false", help="open no browser")
    made.add_argument("--locale", help="the language of the pages")
    made.add_argument("--content", type=Path, help="a folder of an institution's own questions")
    made.add_argument("--forget", action="store_true", help="erase a session that was not ended, and stop")


def _add_moving(commands: _Commands) -> None:
    made = commands.add("import", moving.bring_in, "bring in a log of a job search, or an export", json=True)
    made.add_argument("file", type=Path)
    made.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
    made.add_argument(
        "--map", action="append", default=[], metavar="FIELD=COLUMN", help="which column is what"
    )
    made.add_argument(
        "--status", action="append", default=[], metavar="WORDS=MEANING", help="what a status word means"
    )
    made.add_argument("--date-order", choices=("dmy", "mdy", "ymd"), help="the order of day, month and year")
    made.add_argument("--year", type=int, help="the year of the first day that is written without one")
    made.add_argument("--afresh", action="store_true", help="forget how the last list like it was read")

    made = commands.add("export", moving.export, "write everything out; the format follows the suffix")
    made.add_argument("path", type=Path)
    made.add_argument(
        "--interview", metavar="ID", help="with .html or .pdf: a report of this interview alone"
    )

    commands.add("history", moving.history, "the history as frames", json=True)

    made = commands.add("insight", insight.insight, "what the numbers of the search are worth", json=True)
    made.add_argument("--today", metavar="DAY", help="see the search from this day instead of today")
    made.add_argument("--locale", help="the language of the sentences")


def _add_care(commands: _Commands) -> None:
    made = commands.add("check", care.check, "examine the workbook, or an institution's content", json=True)
    made.add_argument("--content", type=Path, help="the folder of content to examine instead")

    made = commands.add("backup", care.backup, "make a backup outside the live file", json=True)
    made.add_argument("--list", action="store_true", help="list the backups there are")

    yes = "go on without being asked"
    made = commands.add("restore", care.restore, "bring a backup back and keep the present state", json=True)
    made.add_argument(
        "backup", nargs="?", metavar="BACKUP", help="a backup, its day, or a file; the newest where not given"
    )
    made.add_argument("--dry-run", action="store_true", help="say what would change and change nothing")
    made.add_argument("--yes", action="store_true", help=yes)

    made = commands.add("erase", care.erase, "erase for good, from every version and backup", json=True)
    made.add_argument("what", choices=("record", "chapter", "everything"))
    made.add_argument("id", nargs="?", metavar="ID", help="the record or the chapter")
    made.add_argument("--yes", action="store_true", help=yes)
