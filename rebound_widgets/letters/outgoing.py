"""A letter on its way out: an address for the mail program, a file it opens, plain text. Nothing is sent here."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

LONGEST_ADDRESS = 1900
"""Mail programs on some systems cut off an address longer than this; the text is then copied instead."""
_ADDRESS = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+\.[^\s@<>,;:\"()]+")


def mailto(subject: str, body: str, to: str = "") -> str | None:
    """An address that opens the letter in the person's mail program; ``None`` where it would be cut off."""
    lines = body.replace("\n", "\r\n")
    address = f"mailto:{quote(to, safe='@')}?subject={quote(subject)}&body={quote(lines)}"
    return address if len(address) <= LONGEST_ADDRESS else None


def as_eml(subject: str, body: str, to: str = "") -> bytes:
    """The letter as a file that mail programs open as a draft: RFC 5322, UTF-8, no sender and no date."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(subject.split())
    if to:
        message["To"] = to
    message["X-Unsent"] = "1"
    message.set_content(f"{body.rstrip()}\n")
    return message.as_bytes()


def as_text(subject: str, body: str) -> str:
    """The letter as plain text with its subject above it."""
    return f"{subject}\n\n{body.rstrip()}\n"


def mail_address(text: str | None) -> str:
    """The first mail address in ``text``, such as what a person noted of somebody; empty where there is none."""
    found = _ADDRESS.search(text or "")
    return found.group() if found else ""
