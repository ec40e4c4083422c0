"""``rebound check``, ``backup``, ``restore`` and ``erase``: what keeps a workbook safe."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..domain.refused import Refused
from .asked import agreed, counted, home_of, print_json, workbook_of

if TYPE_CHECKING:
    from ..store import Backup, Erased, RestorePlan
    from ..workbook import ErasePlan, Workbook

_REASONS = {"due": "after changes", "asked": "asked for"}
_BEFORE = {"import": "before an import", "restore": "before one was brought back"}
_KINDS = {
    "application": "application",
    "interview": "interview",
    "contact": "contact",
    "document": "document",
    "note": "note",
    "answer": "answer",
    "letter": "letter",
    "import": "import",
    "setting": "setting",
    "share": "share",
    "counsel": "reply of a counsellor",
    "received": "share from somebody",
    "session": "session",
    "count": "count",
}


def check(arguments: argparse.Namespace) -> int:
    """Examine the workbook, or an institution's content."""
    if arguments.content is not None:
        return _check_content(arguments)
    from ..store import concerns_about  # noqa: PLC0415 - a command loads what it needs

    try:
        with workbook_of(arguments, make=False) as workbook:
            found = workbook.store.check()
    except Refused as refused:
        if refused.rule == "workbook-none":
            raise
        found = [refused.sentence]
    concerns = [concern.sentence for concern in concerns_about(home_of(arguments))]
    if arguments.json:
        print_json({"whole": not found, "problems": found, "concerns": concerns})
        return 1 if found else 0
    for sentence in (*found, *concerns):
        print(sentence, file=sys.stderr)
    if found:
        print("“rebound restore --dry-run” says what the newest backup would bring back.", file=sys.stderr)
    else:
        print("The workbook is whole.")
    return 1 if found else 0


def _check_content(arguments: argparse.Namespace) -> int:
    from ..content.check import check_content  # noqa: PLC0415

    problems = check_content(arguments.content)
    wrong = sum(not problem.warning for problem in problems)
    if arguments.json:
        listed = [{"sentence": str(problem), "warning": problem.warning} for problem in problems]
        print_json({"whole": not wrong, "problems": listed})
        return 1 if wrong else 0
    for problem in problems:
        print(problem)
    print(f"{wrong} to mend, {len(problems) - wrong} to think about.")
    return 1 if wrong else 0


# Backups -------------------------------------------------------------------------------------------------


def backup(arguments: argparse.Namespace) -> int:
    """Make a backup, or list those there are."""
    if arguments.list:
        return _list_backups(arguments)
    with workbook_of(arguments, make=False) as workbook:
        made = workbook.back_up()
    if arguments.json:
        print_json(_backup_json(made))
    else:
        print(f"A backup was made and checked: {made.path}")
    return 0


def _list_backups(arguments: argparse.Namespace) -> int:
    from ..workbook import backups_of  # noqa: PLC0415

    there = backups_of(home_of(arguments))
    if arguments.json:
        print_json({"backups": [_backup_json(one) for one in there]})
        return 0
    if not there:
        print("There are no backups yet.")
    for one in there:
        print(f"{_when(one)}  {_reason(one):30}{one.path.name}")
    return 0


def _backup_json(backup: Backup) -> dict[str, Any]:
    return {
        "name": backup.path.name,
        "path": str(backup.path),
        "made_at": backup.made_at.isoformat(),
        "revision": backup.revision,
        "reason": backup.reason,
    }


def _when(backup: Backup) -> str:
    return f"{backup.made_at.astimezone():%Y-%m-%d %H:%M}"


def _reason(backup: Backup) -> str:
    reason, before, what = backup.reason.partition("before-")
    return _BEFORE.get(what, "before a new version") if before else _REASONS.get(reason, reason)


# Bringing one back ---------------------------------------------------------------------------------------


def restore(arguments: argparse.Namespace) -> int:
    """Bring a backup back; the present state is kept."""
    from ..workbook import bring_back, choose_backup, plan_bring_back  # noqa: PLC0415

    home = home_of(arguments)
    source = choose_backup(arguments.backup, home)
    plan = plan_bring_back(source, home)
    nothing = plan.present_readable and not (plan.added or plan.removed or plan.changed)
    if not arguments.json:
        for line in _restore_lines(plan):
            print(line)
    if arguments.dry_run or nothing or not agreed(arguments, "Bring it back?"):
        if arguments.json:
            print_json(_restore_json(plan, restored=False, kept=None))
        elif not nothing:
            print("Nothing was changed.")
        return 0
    restored = bring_back(source, home)
    kept = str(restored.kept) if restored.kept else None
    if arguments.json:
        print_json(_restore_json(restored.plan, restored=True, kept=kept))
        return 0
    print("Your workbook is now what it was in this backup.")
    if kept:
        print(f"What was there until now is kept: {kept}")
    return 0


def _restore_lines(plan: RestorePlan) -> list[str]:
    lines = [f"The backup {plan.source.name} is whole. Bringing it back means:"]
    if not plan.present_readable:
        return [
            *lines,
            f"  {counted(plan.added, 'record')} from the backup",
            "  the workbook that is there now cannot be read; its file is kept aside as it is",
        ]
    if not (plan.added or plan.removed or plan.changed):
        return [
            f"The backup {plan.source.name} holds what your workbook holds, so nothing would change.",
            "“rebound backup --list” shows earlier ones.",
        ]
    changes = (
        (plan.added, "that you do not have now will be back"),
        (plan.removed, "that you have now will not be there"),
        (plan.changed, "will read as then"),
        (plan.same, "will stay as now"),
    )
    return [
        *lines,
        *(f"  {counted(count, 'record')} {words}" for count, words in changes if count),
        "  your workbook as it is now is kept as a backup first",
    ]


def _restore_json(plan: RestorePlan, *, restored: bool, kept: str | None) -> dict[str, Any]:
    return {
        "backup": str(plan.source),
        "added": plan.added,
        "removed": plan.removed,
        "changed": plan.changed,
        "same": plan.same,
        "present_readable": plan.present_readable,
        "restored": restored,
        "kept": kept,
    }


# Erasing -------------------------------------------------------------------------------------------------


def erase(arguments: argparse.Namespace) -> int:
    """Erase a record, a chapter or everything for good."""
    if (arguments.what == "everything") == bool(arguments.id):
        wants = "stands alone" if arguments.id else "is followed by its id"
        print(f"rebound erase: “{arguments.what}” {wants}. See rebound erase --help.", file=sys.stderr)
        return 2
    with workbook_of(arguments, make=False) as workbook:
        named = {} if arguments.what == "everything" else {arguments.what: arguments.id}
        plan = workbook.plan_erase(**named)
        if not arguments.json:
            for line in _erase_lines(plan, everything=not named):
                print(line)
        if not agreed(arguments, "Erase it?"):
            print("Nothing was changed.")
            return 0
        erased = _erased(workbook, named)
    if arguments.json:
        print_json(_erased_json(plan, erased))
    else:
        _tell(erased)
    return 1 if erased.traces else 0


def _erased(workbook: Workbook, named: Mapping[str, str]) -> Erased:
    if "record" in named:
        return workbook.erase_record(named["record"])
    if "chapter" in named:
        return workbook.erase_chapter(named["chapter"])
    return workbook.erase_everything()


def _erase_lines(plan: ErasePlan, *, everything: bool) -> list[str]:
    listed = ", ".join(counted(count, _KINDS[kind]) for kind, count in plan.kinds.items()) or "no records"
    backups = counted(plan.backups, "backup")
    versions = counted(plan.revisions, "version")
    return [
        f"This erases for good: {listed}, with all that was ever written in them ({versions}).",
        f"{backups} will be deleted." if everything else f"{backups} will be rewritten without them.",
        "It cannot be taken back. Files you exported or copied elsewhere stay as they are.",
    ]


def _tell(erased: Erased) -> None:
    print(
        f"Erased: {counted(erased.records, 'record')} in {counted(erased.revisions, 'version')}; "
        f"{counted(erased.backups, 'backup')} changed or deleted."
    )
    if erased.traces:
        print("Something of it is still in these files. Delete them, or erase again:", file=sys.stderr)
        for path in erased.traces:
            print(f"  {path}", file=sys.stderr)
    elif erased.searched:
        pieces = counted(erased.searched, "piece")
        print(f"Every file of the folder was searched for {pieces} of the erased text: no trace is left.")
    else:
        print("Nothing in it was long enough to search for; it is in no revision of any file.")


def _erased_json(plan: ErasePlan, erased: Erased) -> dict[str, Any]:
    return {
        "kinds": dict(plan.kinds),
        "records": erased.records,
        "revisions": erased.revisions,
        "backups": erased.backups,
        "searched": erased.searched,
        "traces": [str(path) for path in erased.traces],
    }
