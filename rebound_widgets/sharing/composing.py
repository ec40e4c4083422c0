"""Making a share of a search: what was chosen of what is offered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ..content import Content
from ..domain.grant import Grant
from ..domain.record import new_id
from ..history import History
from .offering import offers
from .share import Share, new_secret, seal_of, sender_id


def compose(
    history: History, content: Content, workbook_id: str, chosen: Collection[str], grant: Mapping[str, Any]
) -> tuple[Share, str]:
    """A new share of what was chosen, and the secret that takes it back.

    Args:
        history: The search.
        content: The questions and words.
        workbook_id: Whose it is.
        chosen: Ids of offers; one that is not offered is left out.
        grant: The fields of ``Grant`` but ``items``.

    Raises:
        Refused: nothing is chosen, a name is missing, or the last day is too late or over.
    """
    items = tuple(offer.item for offer in offers(history, content, workbook_id) if offer.id in chosen)
    secret = new_secret()
    share = Share(
        id=new_id("share"),
        sender=sender_id(workbook_id),
        grant=Grant(items=frozenset(str(item["id"]) for item in items), **grant),
        locale=content.locale,
        seal=seal_of(secret),
        items=items,
    )
    return share, secret
