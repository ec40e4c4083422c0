"""Each chart says its finding, at any size, in both languages, and is what its widget takes."""

import math

import pytest

from rebound_widgets.charts import CHARTS, percent, say_base, say_odds
from rebound_widgets.charts.road import NAMED, road_items
from rebound_widgets.history import History
from rebound_widgets.insight import base_rate, base_rates
from rebound_widgets.insight.intervals import rate
from rebound_widgets.insight.odds import odds_from
from rebound_widgets.widgets import Chart, Flow, Road

SIZES = (0, 1, 3, 30, 3_000)


def shown(picture):
    """What the widget of a picture shows; raises where the widget would refuse it."""
    if picture.kind == "road":
        return Road(picture.spec["items"], today=picture.spec["today"], title=picture.title).shown()
    kind = Flow if picture.kind == "flow" else Chart
    return kind(picture.spec, **picture.arguments()).shown()


def values(picture):
    """Every value of a chart's marks."""
    return [value for mark in picture.spec.get("marks", ()) for value in mark.get("values", ())]


@pytest.mark.parametrize("count", SIZES)
@pytest.mark.parametrize("name", list(CHARTS))
def test_every_chart_is_right_at_any_size(name, count, of_size, content, today):
    """From nothing to 3,000 applications each chart has a finding, and nothing in it is not a number."""
    picture = CHARTS[name](of_size(count), today, content)
    assert picture.title
    assert "{" not in f"{picture.title} {picture.counts} {picture.interval} {picture.source} {picture.alt}"
    assert shown(picture)
    for value in values(picture):
        numbers = [part for part in value.values() if isinstance(part, float)]
        assert all(math.isfinite(number) for number in numbers)
        if value.get("low") is not None and value.get("x") is not None and isinstance(value["x"], float):
            assert value["low"] <= value["x"] <= value["high"]


@pytest.mark.parametrize("name", list(CHARTS))
def test_an_empty_search_has_an_empty_state(name, of_size, content, today):
    """With nothing there, a chart says what will appear, or shows what others found."""
    picture = CHARTS[name](of_size(0), today, content)
    drawn = picture.spec.get("marks") or picture.spec.get("stages") or picture.spec.get("items")
    assert picture.empty or picture.kind == "road" or (name == "time-to-answer" and drawn)
    assert not drawn or name == "time-to-answer"


def test_the_titles_are_computed(of_size, english, today):
    """Other numbers give other findings."""
    for name in ("flow", "stage-rates", "time-to-answer", "answers-over-time"):
        titles = {CHARTS[name](of_size(count), today, english).title for count in (1, 30, 3_000)}
        assert len(titles) > 1, name


def test_the_flow_says_what_came_of_it(of_size, english, today):
    """30 applications of every kind: the title counts, and the table adds up."""
    picture = CHARTS["flow"](of_size(30), today, english)
    assert "6 of 30 applications led to an interview, 3 to an offer" == picture.title
    stages = picture.spec["stages"]
    assert ["Sent", "They answered", "Interview", "Offer"] == [one["label"] for one in stages]
    exits = [row[2] for row in picture.table["rows"] if row[1]]
    assert 30 == sum(exits)
    assert "Sent: 30." in picture.alt


def test_a_search_that_sticks_says_where(search, english, today):
    """60 old applications without an interview stick before the interview, with the base rate beside it."""
    picture = CHARTS["stage-rates"](search(*[{"sent": 60}] * 90), today, english)
    assert "It sticks before the interview: 0% went on, in other searches 5%" == picture.title
    assert "80 of 1,505" in picture.source
    assert "90 applications counted." == picture.counts


def test_a_young_search_says_what_waits(search, english, today):
    """Applications of this month are not counted yet, and the chart says how many."""
    picture = CHARTS["stage-rates"](search({"sent": 60}, {"sent": 3}, {"sent": 4}), today, english)
    assert "Too few to tell where it sticks: 1 of the 5 it takes" == picture.title
    assert "2 more are younger than a month and have not had their time yet." in picture.counts


def test_the_curve_of_others_stands_beside_ones_own(of_size, english, today):
    """With answers the chart has both curves and the days to ask and to let go; before, that of others alone."""
    marks = CHARTS["time-to-answer"](of_size(30), today, english).spec["marks"]
    assert ["line", "line", "rule", "rule"] == [mark["mark"] for mark in marks]
    before = CHARTS["time-to-answer"](of_size(1), today, english)
    assert ["line", "rule", "rule"] == [mark["mark"] for mark in before.spec["marks"]]
    assert "Others had half of their answers within 7 to 12 days" == before.title


def test_a_large_search_is_drawn_with_few_points(of_size, english, today):
    """3,000 applications do not make 3,000 points."""
    for name in CHARTS:
        if name != "road":
            assert len(values(CHARTS[name](of_size(3_000), today, english))) < 400


def test_hard_topics_are_named_in_words(english, today):
    """The sample search was hard where topics came twice; option ids never reach the page."""
    picture = CHARTS["topics"](History.sample(today), today, english)
    assert "“A conflict or a difficult person” was hard in 3 interviews" == picture.title
    names = [value["y"] for value in values(picture)]
    assert names
    assert "motivation" not in names


def test_odds_are_said_as_people_say_them(content):
    """Five offers of fifteen: about 3 in 10, could be 1 to 5 in 10, in either language."""
    odds = odds_from(5, 15, prior=base_rate("interviewed-to-offer"))
    expected = {
        "en": "about 3 in 10, could be 1 to 5 in 10",
        "es": "unas 3 de cada 10, podrían ser de 1 a 5 de cada 10",
    }
    assert expected[content.locale] == say_odds(odds, content)


def test_little_is_not_none(english):
    """Shares below one in a hundred keep a decimal, and odds that could be none say fewer than 1."""
    assert ["0%", "0.4%", "4%", "100%"] == [percent(share, english.words) for share in (0, 0.004, 0.04, 1)]
    assert "fewer than 1" in say_odds(rate("r", 1, 9), english)


def test_every_base_rate_can_be_said(content):
    """Those with a sentence of their own and those without come out with their source."""
    for base in base_rates().values():
        assert len(say_base(base, content.words)) > 20
    assert "24" in say_base(base_rate("interviewed-to-offer"), content.words)


def test_a_flow_refuses_what_cannot_be():
    """More cannot leave a stage than reached it, and only known tones and fields are taken."""
    with pytest.raises(ValueError, match="More leave the stage 'Sent' than the 3"):
        Flow({"stages": [{"label": "Sent", "value": 3, "exits": [{"label": "No", "value": 4}]}]}, title="t")
    with pytest.raises(ValueError, match="A tone is one of accent, plum, warm, quiet"):
        Flow(
            {
                "stages": [
                    {"label": "Sent", "value": 3, "exits": [{"label": "No", "value": 1, "tone": "red"}]}
                ]
            },
            title="t",
        )
    with pytest.raises(ValueError, match="Unknown in a stage: colour"):
        Flow({"stages": [{"label": "Sent", "value": 3, "colour": "red"}]}, title="t")
    with pytest.raises(ValueError, match="takes a count of 0 or more"):
        Flow({"stages": [{"label": "Sent", "value": -1}]}, title="t")


def test_the_road_holds_a_few_items_a_day_and_counts_everything(search):
    """However many there are on one day, the road names the first firms and counts the others."""
    noes = [{"sent": 9, "outcome": "no", "heard": 2}] * 50
    items = road_items(search(*noes, {"sent": 8}))
    assert [
        {"kind": "application", "on": "2026-10-27", "count": 50},
        {"kind": "application", "on": "2026-10-28", "count": 1},
        {"kind": "no", "on": "2026-11-03", "count": 50 - NAMED},
        *({"kind": "no", "on": "2026-11-03", "label": f"Firm {number}"} for number in range(1, NAMED + 1)),
    ] == items
    assert 51 + 50 == sum(item.get("count", 1) for item in Road(items, today="2026-11-05").shown()["items"])
