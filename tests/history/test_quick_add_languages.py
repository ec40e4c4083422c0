"""One line becomes an application in every language that ships, with the language's own facts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebound_widgets.content import load_content
from rebound_widgets.domain.application import OUTCOMES, STAGES
from rebound_widgets.domain.refused import Refused
from rebound_widgets.history.quick_add import quick_add

TODAY = dt.date(2026, 11, 5)
"""A Thursday."""


def fields(line: str, locale: str = "es") -> dict[str, Any]:
    return dict(quick_add(line, load_content(locale).facts, TODAY).fields)


def applied(day: str) -> dict[str, Any]:
    return {"company": "Acme", "stage": "applied", "applied_on": day}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Acme, analista, solicitado el 3 oct", {**applied("2026-10-03"), "role": "analista"}),
        ("Acme, enviado el 3 oct", applied("2026-10-03")),
        ("Acme, enviada 3 de octubre", applied("2026-10-03")),
        ("Acme, envié la solicitud el 3 de octubre de 2025", applied("2025-10-03")),
        ("Acme, me postulé el 3/10", applied("2026-10-03")),
        ("Acme, postule ayer", applied("2026-11-04")),
        ("Acme, enviado hoy", applied("2026-11-05")),
        ("Acme, enviado anteayer", applied("2026-11-03")),
        ("Acme, enviado antes de ayer", applied("2026-11-03")),
        ("Acme, enviado el lunes", applied("2026-11-02")),
        ("Acme, enviado el miercoles", applied("2026-11-04")),
        ("Acme, enviado el miércoles", applied("2026-11-04")),
        ("Acme, enviado el sábado pasado", applied("2026-10-31")),
        ("Acme, enviado el jueves pasado", applied("2026-10-29")),
        ("Acme, enviado el pasado martes", applied("2026-11-03")),
        ("Acme, enviado el mar 3 nov", applied("2026-11-03")),
        ("Acme, enviado el vie 2 de oct. de 2026", applied("2026-10-02")),
        ("Acme, enviado el 12 mar", applied("2026-03-12")),
        ("Acme, enviado 1º de setiembre", applied("2026-09-01")),
        ("Acme, enviado 9 sept", applied("2026-09-09")),
        ("Acme, enviado 9 sep.", applied("2026-09-09")),
        ("Acme, guardada", {"company": "Acme", "stage": "saved"}),
        ("Acme, esperando respuesta", {"company": "Acme", "outcome": "open"}),
        ("Acme, no 3 nov", {"company": "Acme", "outcome": "no", "outcome_on": "2026-11-03"}),
        (
            "Acme, me dijeron que no el 3 nov",
            {"company": "Acme", "outcome": "no", "outcome_on": "2026-11-03"},
        ),
        (
            "Acme, me llamaron el lunes",
            {"company": "Acme", "stage": "answered", "reached": {"answered": "2026-11-02"}},
        ),
        (
            "Acme, analista, entrevista 3 nov",
            {
                "company": "Acme",
                "role": "analista",
                "stage": "interview",
                "reached": {"interview": "2026-11-03"},
            },
        ),
        (
            "Acme, entrevista el próximo lunes",
            {"company": "Acme", "stage": "interview", "reached": {"interview": "2026-11-09"}},
        ),
        (
            "Acme, entrevista el lunes que viene",
            {"company": "Acme", "stage": "interview", "reached": {"interview": "2026-11-09"}},
        ),
        ("rechazado por Acme ayer", {"company": "Acme", "outcome": "no", "outcome_on": "2026-11-04"}),
        ("me dijeron que no en Acme", {"company": "Acme", "outcome": "no"}),
        ("solicitado a Acme el viernes", {**applied("2026-10-30")}),
        (
            "entrevista con Acme el viernes a las 14:00, analista",
            {
                "company": "Acme",
                "role": "analista",
                "stage": "interview",
                "reached": {"interview": "2026-11-06"},
            },
        ),
        (
            "Acme, tuve una entrevista el viernes",
            {"company": "Acme", "stage": "interview", "reached": {"interview": "2026-10-30"}},
        ),
        (
            "Acme, entrevista pasado mañana",
            {"company": "Acme", "stage": "interview", "reached": {"interview": "2026-11-07"}},
        ),
        (
            "Acme, ultima entrevista manana",
            {"company": "Acme", "stage": "final", "reached": {"final": "2026-11-06"}},
        ),
        (
            "Acme, acepté la oferta 3 nov",
            {"company": "Acme", "outcome": "accepted", "outcome_on": "2026-11-03"},
        ),
        ("Banco de España, analista de datos", {"company": "Banco de España", "role": "analista de datos"}),
        ("Puerta Final, jefe de ofertas", {"company": "Puerta Final", "role": "jefe de ofertas"}),
    ],
)
def test_what_people_write_in_spanish(line: str, expected: dict[str, Any]) -> None:
    """Firm, role, what happened and when are read from a Spanish line, with and without accents."""
    assert expected == fields(line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Acme, applied Tue 3 Nov", applied("2026-11-03")),
        ("Acme, applied on Thu 29 Oct 2026", applied("2026-10-29")),
        (
            "Acme, interview Thu 12 Nov",
            {"company": "Acme", "stage": "interview", "reached": {"interview": "2026-11-12"}},
        ),
        ("Acme, applied Tuesday", applied("2026-11-03")),
        ("Acme, applied last Tue", applied("2026-11-03")),
    ],
)
def test_a_day_can_be_written_as_the_pages_write_it(line: str, expected: dict[str, Any]) -> None:
    """What Rebound shows, "Tue 3 Nov", can be typed back: the weekday before a date is no name."""
    assert expected == fields(line, "en")


@pytest.mark.parametrize("locale", ["en", "es"])
def test_every_day_a_page_shows_can_be_typed_back(locale: str) -> None:
    """Each day of a year, in each form a language writes a whole day in, is read as that day."""
    facts = load_content(locale).facts
    for form in ("short", "long", "year"):
        for ago in range(364):
            day = TODAY - dt.timedelta(days=ago)
            got = quick_add(f"Acme, {facts.show_day(day, form)}", facts, TODAY).fields
            assert {"company": "Acme", "applied_on": day.isoformat()} == dict(got), facts.show_day(day, form)


@pytest.mark.parametrize("locale", ["en", "es"])
def test_every_word_for_a_stage_or_an_outcome_is_understood(locale: str) -> None:
    """No phrase of a language is hidden by another one or by its small words."""
    facts = load_content(locale).facts
    assert set(STAGES) == set(facts.stage_words)
    assert set(OUTCOMES) == set(facts.outcome_words)
    for kind, table in (("stage", facts.stage_words), ("outcome", facts.outcome_words)):
        for meaning, phrases in table.items():
            for phrase in phrases:
                assert {"company": "Acme", kind: meaning} == fields(f"Acme, {phrase}", locale), phrase


def test_a_spanish_line_without_a_name_is_refused_in_spanish() -> None:
    """Where no name is in the line, it says in Spanish how one is written."""
    with pytest.raises(Refused) as caught:
        fields("enviado el 3 oct")
    sentence = load_content("es").words.refusal(caught.value)
    assert sentence.startswith("Empieza por la empresa")
    example = sentence.partition(": ")[2]
    assert {**applied("2026-10-03"), "role": "analista"} == fields(example)


@pytest.mark.parametrize("key", ["search.quick.hint", "debrief.quick.hint"])
@pytest.mark.parametrize("locale", ["en", "es"])
def test_the_example_beside_the_line_is_understood(locale: str, key: str) -> None:
    """What the hint shows as an example works when it is typed, in every language."""
    example = load_content(locale).words[key].partition(": ")[2]
    got = quick_add(example, load_content(locale).facts, TODAY)
    assert () == got.left_over
    assert {"company", "role", "stage"} <= set(got.fields)


WORDS = st.sampled_from(
    [
        "Acme",
        "el",
        "lunes",
        "mar",
        "3",
        "de",
        "oct",
        "pasado",
        "que",
        "viene",
        "próximo",
        "entrevista",
        "no",
        ",",
    ]
)


@given(st.lists(WORDS, max_size=10).map(" ".join))
def test_any_spanish_line_is_an_application_or_a_sentence(line: str) -> None:
    """Whatever is typed, the line is understood or refused."""
    try:
        got = fields(line)
    except Refused:
        return
    assert {"company", "role"} & set(got)
