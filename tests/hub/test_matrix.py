"""Who may do what at the desk service: every cell, asked by HTTP with real tokens of a real hub."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

from rebound_widgets.service.operations import OPERATIONS

from ..service.conftest import reply, share_body
from .campus import Campus, wait_for

WORDS = "Three people and a plant."


@dataclass
class Cast:
    """Who takes part: each with a token of theirs."""

    tokens: Mapping[str, str]
    reader: str
    share: str
    sender: str


@pytest.fixture(scope="module")
def cast(campus: Campus) -> Cast:
    """Eve shared one note with Dr Reyes; the others have nothing to do with it."""
    names = {
        "author": campus.person("eve"),
        "student": campus.person("tom"),
        "reader": campus.person("reyes", "counsellors"),
        "counsellor": campus.person("moss", "counsellors"),
    }
    tokens = {who: campus.token(name) for who, name in names.items()}
    short = campus.token(names["reader"], expires_in=1)
    bare = campus.api(
        f"users/{names['reader']}/tokens", "POST", {"scopes": ["access:services!service=centre"]}
    )
    elsewhere = campus.api(f"users/{names['reader']}/tokens", "POST", {"scopes": ["read:users!user"]})
    revoked = campus.api(
        f"users/{names['reader']}/tokens", "POST", {"scopes": ["access:services!service=centre"]}
    )
    campus.api(f"users/{names['reader']}/tokens/{revoked['id']}", "DELETE")
    for who in names:
        campus.centre("/v1/me", tokens[who])
    reader = campus.centre("/v1/me", tokens["reader"]).json["id"]
    today = dt.datetime.now().astimezone().date()
    campus.centre("/v1/me/consent", tokens["author"], "PUT", {"words": "centre-1"})
    body = {"reader": reader, "share": share_body("cast", today)}
    assert 201 == campus.centre("/v1/shares/share-cast", tokens["author"], "PUT", body).status
    wait_for("the end of a token", lambda: campus.centre("/v1/me", short).status == 401)
    outside = {
        "none": "",
        "forged": secrets.token_hex(16),
        "forged like one": tokens["reader"][:-1] + ("0" if tokens["reader"][-1] != "0" else "1"),
        "expired": short,
        "revoked": revoked["token"],
        "of another use": elsewhere["token"],
        "without the scope": bare["token"],
        "of whoever administers": campus.admin,
    }
    return Cast({**tokens, **outside}, reader, "share-cast", "sender-cast")


OUTSIDE = ("none", "forged", "forged like one", "expired", "revoked", "of another use")
COLUMNS = ("author", "student", "reader", "counsellor", "without the scope", "of whoever administers")
EVERYBODY = (200, 200, 200, 200, 200, 403)  # a service is no person
MATRIX = {
    **dict.fromkeys(("me", "rename", "agree", "counsellors", "shares", "replies"), EVERYBODY),
    **dict.fromkeys(("export-mine", "readings", "withdraw", "erase-mine"), EVERYBODY),
    "share": (200, 409, 409, 409, 409, 403),  # the id is taken, and who tries is not who has it
    "take-back": (200, 404, 404, 404, 404, 403),
    "received": (403, 403, 200, 200, 403, 403),
    "read": (403, 403, 200, 404, 403, 403),
    "reply": (403, 403, 201, 409, 403, 403),
    "cohort": (403, 403, 200, 200, 403, 200),
    "people": (403, 403, 403, 403, 403, 200),
    "export-one": (403, 403, 403, 403, 403, 404),
    "erase-one": (403, 403, 403, 403, 403, 404),
}
CARES = ("export-one", "erase-one")


def expected(operation: str, who: str) -> int:
    """What a cell of the matrix says; whoever the hub does not know has one answer everywhere."""
    return 401 if who in OUTSIDE else MATRIX[operation][COLUMNS.index(who)]


def ask(campus: Campus, cast: Cast, name: str, token: str) -> int:
    """Ask one operation about Eve's share."""
    operation = next(one for one in OPERATIONS if one.name == name)
    today = dt.datetime.now().astimezone().date()
    bodies: dict[str, Any] = {
        "rename": {"name": "A name"},
        "agree": {"words": "centre-1"},
        "share": {"reader": cast.reader, "share": share_body("cast", today)},
        "reply": {"reply": reply(7, cast.sender, today)},
    }
    what = "counsel-7" if name == "reply" else "person-nobody" if name in CARES else cast.share
    path = operation.path.replace("{id}", what)
    return campus.centre(path, token, operation.method, bodies.get(name)).status


NOT_THEIRS = (*OUTSIDE, "of whoever administers", "student", "counsellor")
THEIRS = ("without the scope", "reader", "author")  # hers go with the reader's person as with the author's


def test_every_cell_of_the_matrix(campus: Campus, cast: Cast) -> None:
    """Each operation, asked by everybody there is and with every kind of bad token, answers as the table says."""
    assert {one.name for one in OPERATIONS} == MATRIX.keys()
    last = ("withdraw", "take-back", "erase-mine")
    found: dict[tuple[str, str], int] = {}

    def everybody_asks(names: Iterable[str], people: Iterable[str]) -> None:
        order = tuple(people)
        found.update(
            {(name, who): ask(campus, cast, name, cast.tokens[who]) for name in names for who in order}
        )

    everybody_asks((name for name in MATRIX if name not in last), (*OUTSIDE, *COLUMNS))
    everybody_asks(last, NOT_THEIRS)
    # Nobody took anything away that was Eve's, whatever they asked for.
    assert 200 == campus.centre(f"/v1/received/{cast.share}", cast.tokens["reader"]).status
    assert campus.centre("/v1/me", cast.tokens["author"]).json["consent"]
    everybody_asks(last[:2], THEIRS)
    everybody_asks(last[2:], THEIRS)
    wrong = {cell: (status, expected(*cell)) for cell, status in found.items() if status != expected(*cell)}
    assert {} == wrong
    assert len(MATRIX) * 12 == len(found)
    told = campus.centre("/v1/me/export", cast.tokens["author"]).json
    assert ([], [], []) == (told["shares"], told["consents"], told["readings"])


def test_taking_back_is_at_once_for_whoever_reads(campus: Campus) -> None:
    """The question that follows the taking back finds nothing: no cache stands between."""
    author, reader = campus.person("ida"), campus.person("noor", "counsellors")
    mine, theirs = campus.token(author), campus.token(reader)
    reads = campus.centre("/v1/me", theirs).json["id"]
    campus.centre("/v1/me/consent", mine, "PUT", {"words": "centre-1"})
    today = dt.datetime.now().astimezone().date()
    for number in range(5):
        share = share_body(f"back{number}", today)
        path = f"/v1/shares/{share['share']}"
        assert 201 == campus.centre(path, mine, "PUT", {"reader": reads, "share": share}).status
        read = campus.centre(f"/v1/received/{share['share']}", theirs)
        assert WORDS == read.json["share"]["items"][0]["text"]
        assert 200 == campus.centre(path, mine, "DELETE").status
        assert 404 == campus.centre(f"/v1/received/{share['share']}", theirs).status
        assert [] == campus.centre("/v1/received", theirs).json["received"]
    kept = campus.database.ask("SELECT count(*) FROM items WHERE share_id LIKE 'share-back%'")
    assert "0" == kept.strip()
    assert WORDS not in campus.log


def test_no_share_stands_once_the_agreement_is_taken_back(campus: Campus) -> None:
    """Many shares are on their way while somebody takes their agreement back: none of them stands afterwards."""
    author, reader = campus.person("lea"), campus.person("orr", "counsellors")
    mine, theirs = campus.token(author), campus.token(reader)
    reads = campus.centre("/v1/me", theirs).json["id"]
    campus.centre("/v1/me/consent", mine, "PUT", {"words": "centre-1"})
    today = dt.datetime.now().astimezone().date()

    def give(number: int) -> int:
        if number == 15:
            return campus.centre("/v1/me/consent", mine, "DELETE").status
        share = share_body(f"late{number}", today)
        body = {"reader": reads, "share": share}
        return campus.centre(f"/v1/shares/{share['share']}", mine, "PUT", body).status

    wait_for("the new reader", lambda: give(0) in (200, 201), 10)
    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(give, range(1, 40)))
    assert {201, 403, 200} >= set(answers)
    assert 403 == answers[-1]
    assert "0" == campus.database.ask("SELECT count(*) FROM items WHERE share_id LIKE 'share-late%'").strip()
    assert [] == campus.centre("/v1/received", theirs).json["received"]


def test_a_name_that_is_made_again_inherits_nothing(campus: Campus) -> None:
    """A student leaves, the account is deleted and made again for another: nothing of the first is there."""
    first = campus.person("uma")
    reader = campus.person("vale", "counsellors")
    mine, theirs = campus.token(first), campus.token(reader)
    reads = campus.centre("/v1/me", theirs).json["id"]
    campus.centre("/v1/me/consent", mine, "PUT", {"words": "centre-1"})
    today = dt.datetime.now().astimezone().date()
    body = {"reader": reads, "share": share_body("uma", today)}
    assert 201 == campus.centre("/v1/shares/share-uma", mine, "PUT", body).status
    campus.api(f"users/{first}", "DELETE")
    campus.accounts.remove("uma")
    again = campus.person("uma")
    assert first == again
    assert 401 == wait_for("the end of the old token", lambda: ended(campus, mine))
    fresh = campus.token(again)
    told = campus.centre("/v1/me/export", fresh).json
    assert ([], [], None) == (
        told["shares"],
        told["consents"],
        campus.centre("/v1/me", fresh).json["consent"],
    )
    assert 404 == campus.centre("/v1/received/share-uma", theirs).status


def ended(campus: Campus, token: str) -> int:
    """The status for a token, once it is another than before."""
    status = campus.centre("/v1/me", token).status
    return 0 if status == 200 else status


def test_whoever_leaves_the_counsellors_reads_nothing(campus: Campus) -> None:
    """Within seconds of being taken out of the group, a counsellor's token opens no share any more."""
    author, reader = campus.person("wim"), campus.person("xia", "counsellors")
    mine, theirs = campus.token(author), campus.token(reader)
    reads = campus.centre("/v1/me", theirs).json["id"]
    campus.centre("/v1/me/consent", mine, "PUT", {"words": "centre-1"})
    today = dt.datetime.now().astimezone().date()
    body = {"reader": reads, "share": share_body("wim", today)}
    assert 201 == campus.centre("/v1/shares/share-wim", mine, "PUT", body).status
    assert 200 == campus.centre("/v1/received/share-wim", theirs).status
    campus.api("groups/counsellors/users", "DELETE", {"users": [reader]})
    wait_for(
        "the loss of the right", lambda: campus.centre("/v1/received/share-wim", theirs).status == 403, 10
    )


def test_figures_are_for_a_token_with_the_hubs_scope_for_figures(campus: Campus, cast: Cast) -> None:
    """Prometheus reads counts by operation with a token of its own; nobody else does, and no name is in them."""
    assert 403 == campus.centre("/metrics", cast.tokens["reader"]).status
    figures = campus.centre("/metrics", campus.admin).body.decode()
    assert 'rebound_centre_calls_total{operation="me",status="200"}' in figures
    assert not any(name in figures for name in campus.accounts.passwords)


def test_the_log_of_the_service_names_nobody(campus: Campus, cast: Cast) -> None:
    """Its lines are JSON with an operation, a status and a time; no name, no id, no word."""
    campus.centre("/v1/me", cast.tokens["author"])
    lines = [line for line in campus.log.splitlines() if '"what": "answered"' in line]
    assert {"at", "level", "what", "operation", "status", "ms"} == set(json.loads(lines[-1]))
