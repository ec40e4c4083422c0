"""What the desk service says when it refuses: the service by rule and in English, a page in its own language."""

from __future__ import annotations

from collections.abc import Mapping

SAID: Mapping[str, str] = {
    "centre-silent": "The centre's server does not answer now. Try again in a minute; what is sent twice counts once.",
    "centre-no-consent": "You have not agreed yet that what you share is kept at the centre.",
    "centre-not-here": "There is nothing here for you under that name.",
    "centre-not-allowed": "Your account at the centre does not allow that.",
    "centre-other-body": "Something else was kept under this id before, and it stays.",
    "centre-taken-back": "This was taken back. It is not given again; share it anew.",
    "centre-too-many": "A hundred shares stand already. Take one back before you give another.",
    "centre-too-often": "That was too often in a short time. Try again in a moment.",
    "centre-day": "What is shared is given today and ends later, and this is of another day. Look at its last day.",
    "centre-unknown": "The centre does not know you any more. Sign out, and in again.",
}
"""Rule to sentence."""
