"""Files that are handed over: what can get in, what comes out, and a sentence for every file that is none."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from rebound_widgets.content import Content
from rebound_widgets.domain.choice_questions import Scale
from rebound_widgets.domain.refused import Refused
from rebound_widgets.history import History
from rebound_widgets.sharing import (
    CounselReply,
    Revocation,
    compose,
    document_of,
    offers,
    read_reply,
    read_revocation,
    read_share,
    reply_bytes,
    revocation_bytes,
    sender_id,
    share_bytes,
)
from rebound_widgets.sharing.files import digest, new_passphrase
from rebound_widgets.sharing.replies import AgreedAction

from .conftest import WORKBOOK, answer

CANARY = "zanzibarplum"


def everything(history: History, content: Content) -> list[str]:
    """The ids of all that is offered."""
    return [offer.id for offer in offers(history, content, WORKBOOK)]


def test_a_share_comes_back_as_it_was(history: History, content: Content, terms: dict[str, Any]) -> None:
    """All that is offered, written and read again, is the same share; with a passphrase too."""
    share, _ = compose(history, content, WORKBOOK, everything(history, content), terms)
    assert {"numbers", "application", "interview", "answers", "rating", "note"} == {
        item["kind"] for item in share.items
    }
    assert share == read_share(share_bytes(share))
    assert WORKBOOK not in share_bytes(share).decode()


def test_a_closed_share_opens_with_its_passphrase_alone(
    history: History, content: Content, terms: dict[str, Any]
) -> None:
    """Closed, no word of it can be read; another passphrase is refused in a sentence."""
    share, _ = compose(history, content, WORKBOOK, ["numbers"], terms)
    passphrase = new_passphrase()
    file = share_bytes(share, passphrase)
    assert b"Mara" not in file
    assert share == read_share(file, f" {passphrase} ")
    assert ["share-closed", "share-passphrase"] == [refusal(read_share, file, word) for word in ("", "no")]


def test_a_share_closed_on_a_much_quicker_computer_is_not_called_a_wrong_passphrase() -> None:
    """What would take hours to open is refused for that, and not for the passphrase, which may be right."""
    slow = b"""age-encryption.org/v1
-> scrypt 26Quhw4YuOPBDhNAPRbfnQ 34
bAtqG4QuJr+3itVFNrG2yixxy/sqxWv0PbIMVbgD8Fw
--- cngF8FHJy15QByxRkeEcJW7A4jJPzMxWS68dyuugv8I
"""
    assert "share-slow" == refusal(read_share, slow + bytes(40), "word")


def questions_that_stay(content: Content) -> Iterator[Any]:
    """Every private question, every page with a clock, every scale."""
    for chapter in content.chapters.values():
        for question in chapter.questions():
            if question.private or question.kind == "timed-page" or isinstance(question, Scale):
                yield question


def test_what_is_private_cannot_be_put_in(history: History, content: Content, terms: dict[str, Any]) -> None:
    """With everything ticked, and ids made up by hand besides, no private word and no feeling is in the file."""
    subject = history.records("interview")[0].record_id
    asked = [q for q in questions_that_stay(content) if not isinstance(q, Scale) or q.private]
    assert {"no/private-page", "no/feeling-name", "no/feeling", "no/kind-self"} <= {q.id for q in asked}
    planted = [
        answer(
            question.id,
            question.kind,
            7 if isinstance(question, Scale) else f"{CANARY} {question.id}",
            subject=about,
        )
        for question in asked
        for about in (None, subject)
    ]
    planted += [answer("gone/question", "prose", CANARY), answer("debrief/recall", "timed-page", CANARY)]
    whole = History.of([*history.all_records(), *planted])
    by_hand = [
        f"answers:{q.chapter}/{part}@{about}"
        for q in asked
        for part in ("pause", "private")
        for about in ("own", subject)
    ]
    by_hand += [f"rating:{q.id}@{subject}" for q in asked] + [record.record_id for record in planted]
    share, _ = compose(whole, content, WORKBOOK, [*everything(whole, content), *by_hand], terms)
    file = share_bytes(share).decode()
    assert CANARY not in file
    assert "no/feeling" not in file
    assert [] == [offer.id for offer in offers(whole, content, WORKBOOK) if "no/feeling" in offer.id]


def test_a_scale_is_in_only_where_it_was_ticked_by_itself(
    history: History, content: Content, terms: dict[str, Any]
) -> None:
    """All answers of a debrief hold no rating; the one rating that was ticked is there, and no other."""
    there = offers(history, content, WORKBOOK)
    answers = [offer.id for offer in there if offer.item["kind"] == "answers"]
    ratings = [offer for offer in there if offer.item["kind"] == "rating"]
    assert len(ratings) > 3
    scales = {q.ask for q in questions_that_stay(content) if isinstance(q, Scale)}
    share, _ = compose(history, content, WORKBOOK, [*answers, ratings[0].id], terms)
    told = {pair[0] for item in share.items for part in item.get("parts", []) for pair in part["pairs"]}
    assert set() == told & scales
    assert [ratings[0].id] == [item["id"] for item in share.items if item["kind"] == "rating"]


def test_numbers_name_nobody(history: History, content: Content, terms: dict[str, Any]) -> None:
    """The whole search in numbers holds no firm, no role, no place and no person."""
    share, _ = compose(history, content, WORKBOOK, ["numbers"], terms)
    file = share_bytes(share).decode()
    for record in history.records("application"):
        for name in ("company", "role", "location", "note"):
            assert (record.body.get(name) or CANARY) not in file
        assert record.record_id not in file


def test_what_is_shown_is_all_that_is_in_it(
    history: History, content: Content, terms: dict[str, Any]
) -> None:
    """Every text of every item of the file stands in the document that preview and desk show."""
    share, _ = compose(history, content, WORKBOOK, everything(history, content), terms)
    shown = json.dumps(document_of(share.items, content, "", ()).as_mapping(), ensure_ascii=False)
    named = {"id", "kind", "chapter", "exercise", "question", "key", "stage", "outcome", "reached"}

    def texts(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for name, inner in value.items():
                yield from () if name in named else texts(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from texts(inner)
        elif isinstance(value, str) and not value[:4].isdecimal():
            yield value

    missing = [
        t for item in share.items for t in texts(item) if json.dumps(t, ensure_ascii=False)[1:-1] not in shown
    ]
    assert [] == missing


# What is refused -----------------------------------------------------------------------------------------


def refusal(read: Callable[..., Any], *given: Any) -> str:
    """The rule by which it is refused."""
    with pytest.raises(Refused) as refused:
        read(*given)
    assert refused.value.sentence.endswith(".")
    return refused.value.rule


@pytest.fixture
def body(history: History, content: Content, terms: dict[str, Any]) -> dict[str, Any]:
    """A share's file as plain JSON."""
    share, _ = compose(history, content, WORKBOOK, ["numbers"], terms)
    read: dict[str, Any] = json.loads(share_bytes(share))
    return read


def with_digest(body: dict[str, Any]) -> bytes:
    """The file with the digest it ought to have."""
    body = {name: value for name, value in body.items() if name != "digest"}
    return json.dumps({**body, "digest": digest(body)}, indent=1).encode()


@pytest.mark.parametrize(
    ("file", "rule"),
    [
        (b"", "share-foreign"),
        (b"\xff\xfe\x00", "share-foreign"),
        (b"PK\x03\x04", "share-foreign"),
        (b"[1, 2]", "share-foreign"),
        (b'{"format": "other"}', "share-foreign"),
        (b"[" * 100_000, "share-foreign"),
        (b" " * (5 * 1024 * 1024 + 1), "share-too-large"),
        (b"age-encryption.org/v1\nrubbish", "share-closed"),
    ],
)
def test_another_tools_file_is_refused_in_a_sentence(file: bytes, rule: str) -> None:
    """A picture, a table, an empty file, a bomb of brackets: each is told apart from what is ours."""
    assert rule == refusal(read_share, file)


def test_a_damaged_share_is_refused_in_a_sentence(body: dict[str, Any]) -> None:
    """Cut off, changed, of a newer version, or of another of the three kinds."""
    file = with_digest(body)
    assert "share-cut-off" == refusal(read_share, file[: len(file) // 2])
    assert "share-edited" == refusal(read_share, file.replace(b"Mara", b"Lara"))
    assert "share-newer" == refusal(read_share, with_digest({**body, "version": 2}))
    assert "share-other-form" == refusal(read_reply, file, "sender-1")
    assert "share-other-form" == refusal(read_revocation, file)
    assert "share-passphrase" == refusal(read_share, b"age-encryption.org/v1\nrubbish", "word")


@pytest.mark.parametrize(
    "change",
    [
        {"version": "1"},
        {"items": []},
        {"items": [{"id": "x", "kind": "timed-page", "title": "x", "text": CANARY}]},
        {"items": [{"id": "x", "kind": "note", "title": "x", "text": "x", "html": "<b>"}]},
        {"items": [{"id": "x", "kind": "note", "title": "x", "text": "x"}] * 2},
        {"items": [{"id": "x", "kind": "note", "title": "x", "text": "x", "held_on": "soon"}]},
        {"items": [{"id": "x", "kind": "application", "title": "x", "pairs": [], "held_on": "2026-11-12"}]},
        {"items": [{"id": "<script>", "kind": "note", "title": "x", "text": "x"}]},
        {"items": "x"},
        {"until": "soon"},
        {"until": "2099-01-01"},
        {"for": "x" * 200},
        {"for": ""},
        {"counted": "yes"},
        {"more": 1},
    ],
    ids=str,
)
def test_a_share_of_another_form_is_refused(body: dict[str, Any], change: dict[str, Any]) -> None:
    """A right digest makes no share: what has no form here is not taken in, private kinds among it."""
    assert refusal(read_share, with_digest({**body, **change})) in {
        "share-broken",
        "share-nothing",
        "share-until",
        "share-names",
        "text-too-long",
    }


def test_names_hold_nothing_that_cannot_be_seen(body: dict[str, Any]) -> None:
    """A name that would turn the line around or hide a letter is read without those characters."""
    read = read_share(with_digest({**body, "from": "M\u202ea\u200bra\u2066"}))
    assert "Mara" == read.grant.sharer


def test_only_its_maker_can_take_a_share_back(
    history: History, content: Content, terms: dict[str, Any]
) -> None:
    """The file that takes back fits the seal; one with another secret does not."""
    share, secret = compose(history, content, WORKBOOK, ["numbers"], terms)
    made = read_revocation(revocation_bytes(Revocation(share=share.id, secret=secret)))
    assert (True, False) == (made.fits(share.seal), Revocation(share=share.id, secret="0").fits(share.seal))
    assert secret not in share_bytes(share).decode()


def test_a_reply_is_read_by_the_workbook_it_is_for(today: dt.date) -> None:
    """Actions, note and questions come back whole; another workbook refuses them."""
    reply = CounselReply(
        id="counsel-1",
        sender=sender_id(WORKBOOK),
        counsellor="Ana Reyes",
        made_on=today,
        opened=(("share-1", today),),
        note="You said\nit well.",
        actions=(AgreedAction(what="Ask Tom", by=today), AgreedAction(what="Rest")),
        questions=("What would be enough?",),
    )
    file = reply_bytes(reply)
    assert reply == read_reply(file, sender_id(WORKBOOK))
    assert "reply-not-yours" == refusal(read_reply, file, sender_id("workbook-2"))
