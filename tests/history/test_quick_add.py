"""One line becomes an application, with what was understood shown word by word."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebound_widgets.domain.application import Application
from rebound_widgets.domain.refused import Refused
from rebound_widgets.history.quick_add import QuickAdd, quick_add

TODAY = dt.date(2026, 11, 5)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def facts(order: str = "dmy") -> SimpleNamespace:
    """English, as far as a quick add needs it."""

    def named(word: str, names: tuple[str, ...]) -> int | None:
        return next((n for n, name in enumerate(names, 1) if len(word) > 2 and word.startswith(name)), None)

    return SimpleNamespace(
        month=lambda word: named(word, MONTHS),
        weekday=lambda word: named(word, DAYS),
        day_words={"today": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2},
        last_words=("last",),
        next_words=("next",),
        small_words=("on", "the", "of", "at", "by", "with", "from", "to"),
        held_words=("interviewed",),
        date_order=order,
        stage_words={
            "saved": ("saved",),
            "applied": ("applied", "sent"),
            "answered": ("phone call",),
            "interview": ("interview", "first interview", "interviewed"),
            "offer": ("offer",),
        },
        outcome_words={"no": ("no", "rejected"), "withdrawn": ("withdrew",)},
    )


SENT = {"stage": "applied", "applied_on": "2026-10-03"}


def understood(line: str, order: str = "dmy") -> QuickAdd:
    return quick_add(line, facts(order), TODAY)


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("Acme", {"company": "Acme"}),
        (
            "Acme, analyst, applied 3 Oct",
            {"company": "Acme", "role": "analyst", "stage": "applied", "applied_on": "2026-10-03"},
        ),
        ("Acme; analyst; 3 October 2025", {"company": "Acme", "role": "analyst", "applied_on": "2025-10-03"}),
        ("Acme, applied Oct 3rd", {"company": "Acme", "stage": "applied", "applied_on": "2026-10-03"}),
        ("Acme, applied 12 Dec", {"company": "Acme", "stage": "applied", "applied_on": "2025-12-12"}),
        ("Acme, applied yesterday", {"company": "Acme", "stage": "applied", "applied_on": "2026-11-04"}),
        ("Acme, applied last Tuesday", {"company": "Acme", "stage": "applied", "applied_on": "2026-11-03"}),
        ("Acme, applied on Thursday", {"company": "Acme", "stage": "applied", "applied_on": "2026-11-05"}),
        ("Acme, applied last Thursday", {"company": "Acme", "stage": "applied", "applied_on": "2026-10-29"}),
        ("Acme, 2026-10-03", {"company": "Acme", "applied_on": "2026-10-03"}),
        ("Acme, 29 Feb", {"company": "Acme", "applied_on": "2024-02-29"}),
        ("Acme, saved", {"company": "Acme", "stage": "saved"}),
        ("Acme, no 3 Nov", {"company": "Acme", "outcome": "no", "outcome_on": "2026-11-03"}),
        (
            "Acme, phone call 2 Nov",
            {"company": "Acme", "stage": "answered", "reached": {"answered": "2026-11-02"}},
        ),
        (
            "Acme, interview 12 Nov",
            {"company": "Acme", "stage": "interview", "reached": {"interview": "2026-11-12"}},
        ),
        ("Acme, applied Friday", {"company": "Acme", "stage": "applied", "applied_on": "2026-10-30"}),
        ("rejected by Acme yesterday", {"company": "Acme", "outcome": "no", "outcome_on": "2026-11-04"}),
        ("Rejected by Acme", {"company": "Acme", "outcome": "no"}),
        ("applied to Acme on 3 Oct, analyst", {"company": "Acme", "role": "analyst", **SENT}),
        ("Applied Materials, engineer", {"company": "Applied Materials", "role": "engineer"}),
        ("Final Interview, offer manager", {"company": "Final Interview", "role": "offer manager"}),
        ("Acme, https://acme.example/a,b?c", {"company": "Acme", "link": "https://acme.example/a,b?c"}),
    ],
)
def test_what_people_write_in_one_line(line, fields):
    """Firm, role, what happened and when are read from one line; a year is never in the future."""
    assert fields == dict(understood(line).fields)


def on(day: str, **more: str) -> dict[str, str]:
    return {"stage": "interview", "held_on": day, **more}


@pytest.mark.parametrize(
    ("line", "interview"),
    [
        ("Acme, interview Friday", on("2026-11-06")),
        ("Acme, interview Thursday", on("2026-11-05")),
        ("Acme, interview Wednesday", on("2026-11-11")),
        ("Acme, interviewed Friday", on("2026-10-30")),
        ("Acme, interview last Friday", on("2026-10-30")),
        ("Acme, interview 2 Nov 14:00", on("2026-11-02", held_at="14:00")),
        ("Acme, analyst, interview 12 Nov at 2:30 pm", on("2026-11-12", held_at="14:30")),
        ("Acme, interview at 9:15 on Friday", on("2026-11-06", held_at="09:15")),
        ("Acme, interview 12 Nov, 14h", on("2026-11-12", held_at="14:00")),
        ("interview with Acme on Friday 14:00, analyst", on("2026-11-06", held_at="14:00")),
        ("Acme, phone call 2 Nov", {}),
        ("Acme, applied Friday", {}),
        ("Acme, interview", {}),
    ],
)
def test_an_interview_has_its_day_and_time(line, interview):
    """A weekday beside an interview is the coming one, a time of day is its time and never a role."""
    got = understood(line)
    assert interview == dict(got.interview)
    assert ("Acme", ()) == (got.fields["company"], got.left_over)
    assert got.fields.get("role") in {None, "analyst"}
    assert got.fields.get("reached", {}).get("interview") == interview.get("held_on")


def test_an_interview_that_has_been_lies_behind():
    """Where the page asks for an interview that has been, a weekday is the last one."""
    got = quick_add("Acme, interview Friday", facts(), TODAY, held=True)
    assert on("2026-10-30") == dict(got.interview)


def test_a_time_that_belongs_to_nothing_is_left_over():
    """No word of a line is lost, and no time is made an interview."""
    got = understood("Acme, analyst, applied 3 Oct 14:00")
    assert ({}, ("14:00",)) == (dict(got.interview), got.left_over)


def test_the_order_of_figures_is_the_languages():
    """3/10 is in October where people write the day first, and in March where the month."""
    assert "2026-10-03" == understood("Acme, 3/10").fields["applied_on"]
    assert "2026-03-10" == understood("Acme, 3/10", "mdy").fields["applied_on"]


def test_what_was_understood_is_shown_with_its_words_and_the_rest_too():
    """The preview names each field with the words it came from, and what nothing was made of."""
    got = understood("Acme, analyst, London, applied 3 Oct")
    assert (
        ("company", "Acme"),
        ("role", "analyst"),
        ("stage", "applied 3 Oct"),
        ("applied_on", "applied 3 Oct"),
    ) == got.understood
    assert ("London",) == got.left_over
    assert "Acme" not in repr(got)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Lidl UK — warehouse team leader", ("Lidl UK", "warehouse team leader")),
        ("Lidl UK - warehouse team leader, applied 3 Oct", ("Lidl UK", "warehouse team leader")),
        ("Acme - Germany, analyst", ("Acme - Germany", "analyst")),
        ("Tata-Steel, welder - night", ("Tata-Steel", "welder - night")),
    ],
)
def test_a_dash_parts_firm_and_role_where_nothing_else_does(line, names):
    """A dash between spaces is a comma to whoever writes so; inside a name that has its role it is part of it."""
    got = quick_add(line, facts(), TODAY)
    assert names == (got.fields["company"], got.fields["role"])


def test_a_remark_is_no_role_and_its_day_is_read():
    """What they said about it stays a remark; "second interview yesterday" tells of an interview, and of which day."""
    remark = "they said they want someone with more experience"
    got = quick_add(f"Acme, {remark}", facts(), TODAY)
    assert ({"company"}, (remark,)) == (set(got.fields), got.left_over)
    line = "Acme, supervisor, second interview yesterday by video with Priya and Tom"
    got = quick_add(line, facts(), TODAY, held=True)
    yesterday = (TODAY - dt.timedelta(days=1)).isoformat()
    assert {"stage": "interview", "held_on": yesterday} == got.interview
    assert ("second", "by video with Priya and Tom") == got.left_over
    late = quick_add("Acme, supervisor, they decide by 3 October I think", facts(), TODAY)
    assert (set(late.fields), 1) == ({"company", "role"}, len(late.left_over))


@pytest.mark.parametrize("line", ["", " , ;", "applied 3 Oct", "yesterday", "x" * 1_001, "A" * 501, "A\0B"])
def test_a_line_without_firm_or_role_is_refused_with_a_sentence(line):
    """Where no name is in the line, it says how one is written."""
    with pytest.raises(Refused) as caught:
        understood(line)
    assert caught.value.sentence.endswith(".")


WORDS = st.sampled_from(
    [
        "Acme",
        "applied",
        "interview",
        "no",
        "offer",
        "3",
        "Oct",
        "31",
        "Feb",
        "last",
        "Tuesday",
        "2026",
        "on",
        ",",
        ";",
        "3/10",
        "99/99",
        "https://x.example",
        "yesterday",
        "next",
        "the",
        "2024-02-30",
    ]
)


@given(st.text(max_size=80) | st.lists(WORDS, max_size=12).map(" ".join))
def test_any_line_is_an_application_or_a_sentence(line):
    """Whatever is typed, the line is understood or refused, and what is understood the workbook takes."""
    try:
        fields = dict(understood(line).fields)
    except Refused:
        return
    assert fields == {k: v for k, v in Application.accept(fields).as_body().items() if k in fields}
