"""What the desk service keeps, for whom, and for how long."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.service.callers import Directory, key_of
from rebound_widgets.service.care_rows import clear_out
from rebound_widgets.service.database import Database, DatabaseAway

from .conftest import COUNSELLORS, Desk, Give, reply, share_body

WORDS = "Three people and a plant."


def test_one_counsellor_reads_what_was_shared_with_them(desk: Desk, give: Give, today: dt.date) -> None:
    """The one a share is for reads all of it, and when they first did is told to whoever shared."""
    assert (201, {"id": "share-one"}) == give("mara", "reyes")
    status, answer = desk.ask("reyes", "read", "share-one")
    assert (200, share_body("one", today), today.isoformat()) == (
        status,
        answer["share"],
        answer["opened_on"],
    )
    (mine,) = desk.ask("mara", "shares")[1]["shares"]
    assert today.isoformat() == mine["opened_on"]


@pytest.mark.parametrize("who", ["moss", "ben", "mara"])
def test_nobody_else_reads_it(desk: Desk, give: Give, who: str) -> None:
    """Another counsellor, another student, and whoever shared it: there is nothing there for them."""
    give("mara", "reyes")
    assert (0, "centre-not-here") == desk.ask(who, "read", "share-one")
    assert [] == desk.ask(who, "received")[1]["received"]


def test_taking_back_is_at_once_and_erases(desk: Desk, give: Give, tmp_path: Path) -> None:
    """The next question after a taking back finds nothing, and the words are in no file any more."""
    give("mara", "reyes")
    assert (200, {"id": "share-one"}) == desk.ask("mara", "take-back", "share-one")
    assert (0, "centre-not-here") == desk.ask("reyes", "read", "share-one")
    assert [] == desk.ask("reyes", "received")[1]["received"]
    assert (0, "centre-taken-back") == give("mara", "reyes")
    desk.database.close()
    assert [] == [path.name for path in tmp_path.iterdir() if WORDS.encode() in path.read_bytes()]


def test_nobody_takes_back_what_is_not_theirs(desk: Desk, give: Give) -> None:
    """Neither another student nor the reader takes a share back."""
    give("mara", "reyes")
    answers = {who: desk.ask(who, "take-back", "share-one") for who in ("ben", "reyes", "moss")}
    assert {(0, "centre-not-here")} == set(answers.values())
    assert 200 == desk.ask("reyes", "read", "share-one")[0]


def test_the_same_write_again_changes_nothing(desk: Desk, give: Give) -> None:
    """A write that was sent twice counts once; another under the same id is refused and the first stays."""
    assert [201, 200, 200] == [give("mara", "reyes")[0] for _ in range(3)]
    assert (0, "centre-other-body") == give("mara", "reyes", why="Another reason")
    assert (0, "centre-other-body") == give("ben", "reyes")
    assert "Our talk on Monday" == desk.ask("reyes", "read", "share-one")[1]["share"]["why"]


def test_whoever_has_not_agreed_shares_nothing(desk: Desk, give: Give, clock: Any, today: dt.date) -> None:
    """Agreeing is asked once and keeps its moment; taking it back takes every share back."""
    body = {"reader": desk.id_of("reyes"), "share": share_body("one", today)}
    assert (0, "centre-no-consent") == desk.ask("mara", "share", "share-one", body=body)
    first = desk.ask("mara", "agree", body={"words": "centre-1"})[1]["consent"]
    clock.advance(hours=1)
    again = desk.ask("mara", "agree", body={"words": "centre-2"})[1]["consent"]
    assert {"words": "centre-1", "given_at": "2026-11-05T14:03:00+00:00"} == first == again
    give("mara", "reyes")
    assert desk.ask("mara", "withdraw")[1]["consent"] is None
    assert (0, "centre-not-here") == desk.ask("reyes", "read", "share-one")


def test_an_account_made_again_inherits_nothing(desk: Desk, give: Give) -> None:
    """Somebody else under the same name is another person, and what the first one left is erased."""
    give("mara", "reyes")
    desk.ask("reyes", "read", "share-one")
    before = desk.id_of("mara")
    desk.made["mara"] = "later"
    told = desk.ask("mara", "export-mine")[1]
    assert before != told["person"]["id"]
    assert ([], [], [], []) == tuple(told[name] for name in ("consents", "shares", "replies", "readings"))
    assert (0, "centre-not-here") == desk.ask("reyes", "read", "share-one")
    desk.made["reyes"] = "later"
    assert [] == desk.ask("reyes", "received")[1]["received"]


def test_a_counsellor_made_again_reads_nothing_of_the_first(desk: Desk, give: Give) -> None:
    """What was shared with a counsellor whose account is gone is not read by the next of that name."""
    give("mara", "reyes")
    desk.made["reyes"] = "later"
    assert (0, "centre-not-here") == desk.ask("reyes", "read", "share-one")


def test_caseloads_decide_whom_one_can_share_with(desk: Desk, give: Give) -> None:
    """Somebody in a caseload finds its counsellor alone; who leaves the caseload reads nothing from then on."""
    desk.id_of("reyes"), desk.id_of("moss")
    desk.directory = Directory(COUNSELLORS, {"mara": frozenset({"a"}), "reyes": frozenset({"a"})})
    names = [one["name"] for one in desk.ask("mara", "counsellors")[1]["counsellors"]]
    assert ["reyes"] == names
    assert (0, "centre-not-here") == give("mara", "moss")
    assert 201 == give("mara", "reyes")[0]
    assert 200 == desk.ask("reyes", "read", "share-one")[0]
    desk.directory = Directory(COUNSELLORS, {"mara": frozenset({"a"})})
    assert (0, "centre-not-here") == desk.ask("reyes", "read", "share-one")
    desk.directory = Directory(frozenset({"moss"}), {})
    assert (0, "centre-not-here") == desk.ask("reyes", "read", "share-one")


def test_a_share_is_over_after_its_last_day(desk: Desk, give: Give, clock: Any, today: dt.date) -> None:
    """On the last day it is read, on the day after it is not, and what it held is erased within the hour."""
    give("mara", "reyes", until=(today + dt.timedelta(days=2)).isoformat())
    clock.advance(days=2)
    assert 200 == desk.ask("reyes", "read", "share-one")[0]
    clock.advance(days=1)
    assert (0, "centre-not-here") == desk.ask("reyes", "read", "share-one")
    assert 1 == desk.database.do(lambda connection: clear_out(connection, clock.now.date(), None))
    (share,) = desk.ask("mara", "export-mine")[1]["shares"]
    assert ({}, []) == (share["says"], share["items"])


def test_whose_account_is_gone_is_erased(desk: Desk, give: Give, clock: Any) -> None:
    """People of no account of the hub, or of one that was made again, are erased by the hourly look."""
    give("mara", "reyes")
    give("ben", "reyes", "two")
    accounts = {"reyes": "account:reyes@then", "ben": "account:ben@later"}
    desk.database.do(lambda connection: clear_out(connection, clock.now.date(), accounts))
    people = [one["account"] for one in desk.ask("officer", "people")[1]["people"]]
    assert ["reyes"] == people
    assert [] == desk.ask("reyes", "received")[1]["received"]


def test_a_hub_that_lost_its_accounts_costs_nobody_their_shares(
    desk: Desk, give: Give, clock: Any, logged_errors: list[Any]
) -> None:
    """Where most accounts are gone at once, as when the hub starts without its database, nobody is erased."""
    for number in range(20):
        give(f"s{number}", "reyes", f"n{number}")
    everybody = {"reyes": "account:reyes@then", **{f"s{n}": f"account:s{n}@then" for n in range(20)}}

    def left(accounts: dict[str, str]) -> int:
        desk.database.do(lambda connection: clear_out(connection, clock.now.date(), accounts))
        return len(desk.ask("reyes", "received")[1]["received"])

    assert 20 == left({})
    assert 20 == left({name: f"{key} again" for name, key in everybody.items()})
    assert 20 == left({"reyes": everybody["reyes"], "s1": everybody["s1"]})
    assert 3 == len(logged_errors)
    logged_errors.clear()
    assert 12 == left(
        {name: key for name, key in everybody.items() if name not in {f"s{n}" for n in range(8)}}
    )


def test_every_reading_is_written_down(desk: Desk, give: Give) -> None:
    """Whoever shared sees who read it and when; an export by somebody else is a reading too."""
    give("mara", "reyes")
    desk.ask("reyes", "rename", body={"name": "Ana Reyes"})
    desk.ask("reyes", "read", "share-one")
    desk.ask("officer", "export-one", desk.id_of("mara"))
    told = [(one["by"], one["what"], one["share"]) for one in desk.ask("mara", "readings")[1]["readings"]]
    assert [("Ana Reyes", "share", "share-one"), ("officer", "export", "")] == told


def test_one_person_is_given_out_whole_and_erased_whole(desk: Desk, give: Give, tmp_path: Path) -> None:
    """The export has every word that was kept; after erasing, no file has one of them."""
    give("mara", "reyes")
    give("ben", "reyes", "two")
    desk.ask("reyes", "read", "share-one")
    whole = desk.ask("mara", "export-mine")[1]
    assert WORDS == whole["shares"][0]["items"][0]["text"]
    assert ["share"] == [one["what"] for one in whole["readings"]]
    desk.ask("mara", "erase-mine")
    again = desk.ask("mara", "export-mine")[1]
    assert ([], [], []) == (again["shares"], again["readings"], again["consents"])
    assert 200 == desk.ask("reyes", "read", "share-two")[0]
    desk.ask("officer", "erase-one", desk.id_of("ben"))
    desk.database.close()
    assert [] == [path.name for path in tmp_path.iterdir() if WORDS.encode() in path.read_bytes()]


def test_a_reply_reaches_the_one_who_shared(desk: Desk, give: Give, today: dt.date) -> None:
    """It comes to whoever shared with that counsellor and to nobody else."""
    give("mara", "reyes")
    body = reply(1, "sender-one", today)
    assert [201, 200] == [desk.ask("reyes", "reply", "counsel-1", body={"reply": body})[0] for _ in range(2)]
    assert [body] == desk.ask("mara", "replies")[1]["replies"]
    assert [] == desk.ask("ben", "replies")[1]["replies"]
    other = {"reply": {**reply(2, "sender-one", today)}}
    assert (0, "centre-not-here") == desk.ask("moss", "reply", "counsel-2", body=other)


def numbers(today: dt.date, count: int) -> dict[str, Any]:
    """A search in numbers of settled applications."""
    rows = [
        {
            "key": f"{number:016x}",
            "applied_on": (today - dt.timedelta(days=40)).isoformat(),
            "stage": "applied",
            "outcome": "no",
            "outcome_on": (today - dt.timedelta(days=20)).isoformat(),
            "reached": {},
            "interviews": [],
        }
        for number in range(count)
    ]
    return {
        "id": "numbers",
        "kind": "numbers",
        "title": "n",
        "last_on": today.isoformat(),
        "applications": rows,
    }


def test_figures_are_of_ten_people_or_of_none(desk: Desk, give: Give, today: dt.date) -> None:
    """Nine people are in no figure; the tenth makes a block; what is counted once is never counted again."""
    for number in range(9):
        give(f"s{number}", "reyes", f"n{number}", counted=True, programme="Law", items=[numbers(today, 2)])
    assert [] == desk.ask("reyes", "cohort")[1]["blocks"]
    give("s9", "reyes", "n9", counted=False, programme="Law", items=[numbers(today, 2)])
    assert [] == desk.ask("reyes", "cohort")[1]["blocks"], "whoever said no is not counted"
    give("s10", "reyes", "n10", counted=True, programme="Law", items=[numbers(today, 2)])
    for _ in range(2):
        (block,) = desk.ask("reyes", "cohort")[1]["blocks"]
        assert (10, 20, "Law") == (block["people"], block["sums"]["applications"], block["programme"])


def test_people_are_known_by_what_never_changes() -> None:
    """By the sign-on's subject where there is one, else by name and moment of the account, never by a name."""
    model = {"name": "mara", "created": "2026-09-01T08:00:00Z", "auth_state": {"oauth_user": {"sub": "a1"}}}
    assert "account:mara@2026-09-01T08:00:00Z" == key_of(model, "")
    assert "subject:a1" == key_of(model, "oauth_user.sub")
    with pytest.raises(Exception, match="does not say who you are"):
        key_of({**model, "auth_state": None}, "oauth_user.sub")


def test_a_database_that_is_away_is_said_so(tmp_path: Path) -> None:
    """Where the database does not answer, nothing of its address is told."""
    away = Database(f"sqlite:///{tmp_path}/no-such-folder/centre.sqlite")
    with pytest.raises(DatabaseAway) as told:
        away.bring_up()
    assert "no-such-folder" not in str(told.value)


def test_no_id_of_somebody_else_is_taken_over(desk: Desk, give: Give, today: dt.date) -> None:
    """A body that is called otherwise than its address, a reader who is nobody, and a day gone by are refused."""
    desk.agree("mara")
    reader = desk.id_of("reyes")
    body = {"reader": reader, "share": share_body("one", today)}
    assert (0, "centre-two-ids") == desk.ask("mara", "share", "share-other", body=body)
    nobody = {"reader": "person-nobody", "share": body["share"]}
    assert (0, "centre-not-here") == desk.ask("mara", "share", "share-one", body=nobody)
    assert (0, "centre-not-here") == give("mara", "ben")
    old = (today - dt.timedelta(days=9)).isoformat()
    assert (0, "centre-day") == give("mara", "reyes", given_on=old)
