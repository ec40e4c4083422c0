"""What JupyterHub asks when somebody signs on: whether the account is theirs, or whose name they were given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tornado.web import HTTPError


def told(state: Any, subject: str) -> str:
    """What a sign-on said that never changes about somebody; empty where it said nothing."""
    found = state
    for part in subject.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return str(found or "")


async def same_person(
    _authenticator: Any, handler: Any, model: dict[str, Any], *, subject: str
) -> dict[str, Any]:
    """Let nobody into the account of somebody else who had the same name before: their home is in it.

    Args:
        _authenticator: JupyterHub's.
        handler: JupyterHub's.
        model: Who signs on, with what the provider said.
        subject: Where in that it says who somebody is for good.

    Raises:
        HTTPError: the provider does not say, or the account is another person's.
    """
    now = told(model.get("auth_state"), subject)
    if not now:
        raise HTTPError(403, "The sign-on does not say who you are.")
    account = handler.find_user(model["name"])
    before = told(await account.get_auth_state(), subject) if account is not None else ""
    if before and before != now:
        raise HTTPError(
            403,
            "This name belonged to somebody else. Ask whoever runs this server to remove that account first.",
        )
    return model
