"""One person's open workbook. The only part that writes to the store on a person's behalf."""

from .care import FILE_NAME, ErasePlan, backups_of, bring_back, choose_backup, plan_bring_back
from .replies import Kept, reply_key
from .workbook import LANGUAGE, Workbook

__all__ = [
    "FILE_NAME",
    "LANGUAGE",
    "ErasePlan",
    "Kept",
    "Workbook",
    "backups_of",
    "bring_back",
    "choose_backup",
    "plan_bring_back",
    "reply_key",
]
