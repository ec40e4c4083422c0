"""What a person shows somebody else: as files, for one reader, until a day, and what comes back."""

from .files import LARGEST_BYTES, kind_of_file, new_passphrase
from .offers import Offer, offers
from .permission import Permission, may_read
from .replies import CounselReply, read_reply, reply_bytes
from .revoking import Revocation, read_revocation, revocation_bytes
from .share import Share, compose, read_share, sender_id, share_bytes
from .showing import document_of, sections_of

__all__ = [
    "LARGEST_BYTES",
    "CounselReply",
    "Offer",
    "Permission",
    "Revocation",
    "Share",
    "compose",
    "document_of",
    "kind_of_file",
    "may_read",
    "new_passphrase",
    "offers",
    "read_reply",
    "read_revocation",
    "read_share",
    "reply_bytes",
    "revocation_bytes",
    "sections_of",
    "sender_id",
    "share_bytes",
]
