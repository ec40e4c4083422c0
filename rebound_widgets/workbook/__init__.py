"""One person's open workbook. The only part that writes to the store on a person's behalf."""

from .workbook import Kept, Workbook, reply_key

__all__ = ["Kept", "Workbook", "reply_key"]
