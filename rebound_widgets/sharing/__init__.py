"""What a person shows somebody else: for one reader, until a day, as files or through a centre, and what comes back.

The names are loaded when they are first used: whoever keeps shares for a centre needs no tables of a search.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .composing import compose as compose
    from .files import LARGEST_BYTES as LARGEST_BYTES
    from .files import kind_of_file as kind_of_file
    from .files import new_passphrase as new_passphrase
    from .naming import file_stem as file_stem
    from .offering import Offer as Offer
    from .offering import offers as offers
    from .permission import Permission as Permission
    from .permission import may_read as may_read
    from .replies import CounselReply as CounselReply
    from .replies import read_reply as read_reply
    from .replies import reply_bytes as reply_bytes
    from .revoking import Revocation as Revocation
    from .revoking import read_revocation as read_revocation
    from .revoking import revocation_bytes as revocation_bytes
    from .share import Share as Share
    from .share import read_share as read_share
    from .share import sender_id as sender_id
    from .share import share_bytes as share_bytes
    from .showing import document_of as document_of
    from .showing import sections_of as sections_of

_NAMES = {
    "LARGEST_BYTES": "files",
    "CounselReply": "replies",
    "Offer": "offering",
    "Permission": "permission",
    "Revocation": "revoking",
    "Share": "share",
    "compose": "composing",
    "document_of": "showing",
    "file_stem": "naming",
    "kind_of_file": "files",
    "may_read": "permission",
    "new_passphrase": "files",
    "offers": "offering",
    "read_reply": "replies",
    "read_revocation": "revoking",
    "read_share": "share",
    "reply_bytes": "replies",
    "revocation_bytes": "revoking",
    "sections_of": "showing",
    "sender_id": "share",
    "share_bytes": "share",
}

__all__ = list(_NAMES)


def __getattr__(name: str) -> Any:
    if name not in _NAMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_NAMES[name]}", __name__), name)
