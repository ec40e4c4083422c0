"""A passphrase that was just made: on one line, to read out or to copy, once."""

from __future__ import annotations

from typing import Any

from ..content.words import Words


def passphrase_notice(say: Words, where: str, name: str, passphrase: str) -> dict[str, Any]:
    """A block that says whom to tell it.

    Args:
        say: The words on screen.
        where: The words' chapter: it has ``passphrase_title`` and ``passphrase``.
        name: Whom to tell.
        passphrase: The passphrase.
    """
    text = [f"{say(f'{where}.passphrase', name=name)} ", {"text": passphrase, "tone": "key"}]
    copy = {"id": "copy-passphrase", "label": say("passphrase.copy"), "copy": passphrase}
    title = say(f"{where}.passphrase_title")
    return {"kind": "notice", "title": title, "text": text, "tone": "warm", "actions": [copy]}
