"""The envelope of every file that is handed over: JSON with a version and a digest, or that closed with age."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

import pyrage

from ..domain.refused import Refused

LARGEST_BYTES = 5 * 1024 * 1024
"""No share of a search is near this; a larger file is not read at all."""

VERSION = 1
"""The version of the three formats that this Rebound writes."""

SHARE, REPLY, REVOKE = "rebound-share", "rebound-reply", "rebound-revoke"
FORMATS = (SHARE, REPLY, REVOKE)

_CLOSED = b"age-encryption.org/v1\n"
_LETTERS = "abcdefghjkmnpqrstvwxyz23456789"
_TRIES = 2
_TOO_SLOW = "Excessive work"
"""How age begins when it will not try a passphrase, whatever it is."""


def new_passphrase() -> str:
    """Words for nobody's memory but easily read out: five groups of four, some 98 bits of chance."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(5))


def written(form: str, fields: Mapping[str, Any], passphrase: str = "") -> bytes:
    """A file of that format.

    Args:
        form: One of ``FORMATS``.
        fields: What it says, plain JSON.
        passphrase: Closes it with; empty leaves it open.
    """
    body = {"format": form, "version": VERSION, **fields}
    text = json.dumps({**body, "digest": digest(body)}, ensure_ascii=False, indent=1, allow_nan=False)
    file = f"{text}\n".encode()
    return bytes(pyrage.passphrase.encrypt(file, passphrase)) if passphrase else file


def digest(body: Mapping[str, Any]) -> str:
    """The digest of a file's fields: tells that a file was changed on the way, not who wrote it."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def is_closed(file: bytes) -> bool:
    """Whether the file needs a passphrase."""
    return file.startswith(_CLOSED)


def kind_of_file(file: bytes) -> str:
    """Which of ``FORMATS`` a file says it is; ``""`` for a closed one, and for anything else."""
    head = file[:200].decode("utf-8", "replace")
    return next((form for form in FORMATS if f'"format": "{form}"' in head), "")


def opened(form: str, file: bytes, passphrase: str = "") -> dict[str, Any]:
    """The fields of a file, checked for its envelope: size, passphrase, format, version, digest.

    Args:
        form: The format that is wanted.
        file: The bytes.
        passphrase: What it was closed with.

    Raises:
        Refused: it is none of that, each with a sentence of its own.
    """
    _refuse_large(file)
    if is_closed(file):
        file = _unlocked(file, passphrase)
        _refuse_large(file)
    body = _parsed(file)
    found, version = body.pop("format", None), body.pop("version", None)
    if found != form:
        _refuse_other(form, found)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise Refused(
            "share-broken", "This file is not whole: {place} is not as it should be.", place="version"
        )
    if version > VERSION:
        raise Refused(
            "share-newer",
            "This file was written by a newer Rebound (version {got} of the format; this one reads up to "
            "{known}). Ask for it to be saved again, or bring Rebound up to date.",
            got=version,
            known=VERSION,
        )
    said = body.pop("digest", None)
    if said != _digest_or_none({"format": found, "version": version, **body}):
        raise Refused(
            "share-edited",
            "This file was changed after it was saved, or damaged on the way. Nothing of it was taken in. "
            "Ask for a fresh one.",
        )
    return body


def _digest_or_none(body: Mapping[str, Any]) -> str:
    try:
        return digest(body)
    except RecursionError:  # lists in lists in lists: nothing that was ever written here
        return ""


def _refuse_large(file: bytes) -> None:
    if len(file) > LARGEST_BYTES:
        raise Refused(
            "share-too-large",
            "This file has {got} MB; what Rebound hands over has {limit} MB at most. It was not read.",
            got=len(file) // (1024 * 1024) + 1,
            limit=LARGEST_BYTES // (1024 * 1024),
        )


def _unlocked(file: bytes, passphrase: str) -> bytes:
    if not passphrase:
        raise Refused("share-closed", "This file is closed with a passphrase. Type it to open the file.")
    # age first tries how quick this computer is, and gives up where opening would take long. What was only busy for
    # a moment is quick enough a moment later.
    for _ in range(_TRIES):
        try:
            return bytes(pyrage.passphrase.decrypt(file, passphrase.strip()))
        except pyrage.DecryptError as problem:
            if not str(problem).startswith(_TOO_SLOW):
                raise Refused(
                    "share-passphrase",
                    "The file did not open: the passphrase is another one, or the file is damaged.",
                ) from None
    raise Refused(
        "share-slow",
        "Opening the file with its passphrase would take this computer too long. Close other programs and try again.",
    )


def _parsed(file: bytes) -> dict[str, Any]:
    def refuse(_constant: str) -> None:
        raise ValueError("JSON has no such number")

    try:
        body = json.loads(file.decode("utf-8-sig"), parse_constant=refuse)
    except (ValueError, RecursionError):
        if kind_of_file(file):
            raise Refused(
                "share-cut-off", "This file ends too early or was damaged on the way. Ask for it once more."
            ) from None
        body = None
    if not isinstance(body, dict):
        raise _foreign()
    return body


def _refuse_other(form: str, found: object) -> None:
    if found not in FORMATS:
        raise _foreign()
    raise Refused(
        "share-other-form",
        "This file is a {got} and what is wanted here is a {wanted}. Each has its own place to be read.",
        got=f".{found}",
        wanted=f".{form}",
    )


def _foreign() -> Refused:
    return Refused(
        "share-foreign",
        "This is not a file that Rebound wrote to hand over. Those end in .rebound-share, .rebound-reply or "
        ".rebound-revoke.",
    )
