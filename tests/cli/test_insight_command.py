"""``rebound insight``: every insight as JSON, and as sentences."""

import json

import pytest

from rebound_widgets.cli import main
from rebound_widgets.history.samples import demo_writes
from rebound_widgets.workbook import Workbook


@pytest.fixture
def searched(home, today):
    """A folder with the sample search in it."""
    workbook = Workbook.open(home)
    workbook.take_in(demo_writes(today))
    workbook.close()
    return home


def test_insight_prints_one_json_object_without_nan(searched, capsys):
    """Everything the insights know is one line of JSON with plain numbers."""
    assert 0 == main(["insight", "--json", "--today", "2026-11-05", "--home", str(searched)])
    told = json.loads(
        capsys.readouterr().out, parse_constant=lambda name: pytest.fail(f"{name} is no number")
    )
    assert "2026-11-05" == told["today"]
    assert {"1", "5", "10"} == set(told["odds"])
    assert (0.9, "own") == (told["odds"]["1"]["level"], told["odds"]["1"]["source"]["key"])
    assert [34, 5, 4] == [stage["count"] for stage in told["flow"]["stages"]]


def test_insight_says_the_same_in_sentences(searched, capsys):
    """Without --json the findings are sentences, in the language asked for."""
    assert 0 == main(["insight", "--today", "2026-11-05", "--home", str(searched)])
    said = capsys.readouterr().out
    assert "What are my odds?" in said
    assert "4 of 34 applications led to an interview" in said
    assert 0 == main(["insight", "--today", "2026-11-05", "--locale", "es", "--home", str(searched)])
    assert "¿Qué probabilidades tengo?" in capsys.readouterr().out


def test_an_empty_workbook_says_what_will_be_there(home, capsys):
    """With nothing in it the command says so kindly, and JSON has what is too few."""
    assert 0 == main(["insight", "--home", str(home)])
    said = capsys.readouterr().out
    assert "will be here" in said
    assert "Your own: 0 offers from 0 interviews" in said, "odds that rest on other searches alone say so"
    assert "24 of 117 in seven published personal logs" in said
    assert 0 == main(["insight", "--json", "--home", str(home)])
    assert json.loads(capsys.readouterr().out)["time_to_answer"]["too_few"] is True


def test_a_day_that_is_none_is_refused(home, capsys):
    """A day that cannot be read is said with what it takes."""
    assert 1 == main(["insight", "--today", "soon", "--home", str(home)])
    assert "--today takes a day such as 2026-11-05; it was given “soon”." in capsys.readouterr().err
