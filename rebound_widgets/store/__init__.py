"""The only part that speaks SQL: one file a person, append-only revisions, backups, and erasing for good."""

from .backups import Backup, due, list_backups, outlived
from .erasing import Erased
from .restoring import Restored, RestorePlan, plan_restore, restore
from .rows import record_digest, utc_now
from .sentences import PASSING
from .store import Store
from .traces import find_words
from .undoing import ChangeSummary, Undone
from .whereabouts import concerns, concerns_about

__all__ = [
    "PASSING",
    "Backup",
    "ChangeSummary",
    "Erased",
    "RestorePlan",
    "Restored",
    "Store",
    "Undone",
    "concerns",
    "concerns_about",
    "due",
    "find_words",
    "list_backups",
    "outlived",
    "plan_restore",
    "record_digest",
    "restore",
    "utc_now",
]
