"""The chart: the frame around every picture, and its marks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from rebound_widgets.widgets import Chart

from .test_road import overlapping
from .views_support import HOSTILE, Stage, staged

RATES: dict[str, Any] = {
    "x": {"kind": "share", "label": "went on"},
    "y": {"kind": "category"},
    "marks": [
        {
            "mark": "bar",
            "values": [
                {"y": "Application to answer", "x": 0.26, "low": 0.2, "high": 0.33, "note": "41 of 159"},
                {"y": "Answer to interview", "x": 0.41, "low": 0.28, "high": 0.56, "note": "17 of 41"},
                {"y": "Final round to offer", "x": None, "note": "Too few to tell: 1 of 2"},
            ],
        }
    ],
}
CURVE: dict[str, Any] = {
    "x": {"kind": "number", "label": "days"},
    "y": {"kind": "share", "low": 0, "high": 1},
    "marks": [
        {
            "mark": "line",
            "label": "Yours",
            "step": True,
            "values": [{"x": n, "y": 1 - n / 80, "low": 0.9 - n / 80, "high": 1} for n in range(60)],
        },
        {"mark": "line", "label": "Others", "values": [{"x": n, "y": 0.9 - n / 80} for n in range(60)]},
        {"mark": "rule", "x": 30, "label": "day 30"},
    ],
}


@pytest.fixture
def stage(chromium: Browser) -> Iterator[Stage]:
    """A page whose kernel is this process."""
    with staged(chromium, locale="en-GB") as stage:
        yield stage


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ({"marks": [{"mark": "pie"}]}, "bar, line, dot, rule; it was given 'pie'"),
        ({"marks": [{"mark": "bar", "colour": "red"}]}, "Unknown in a mark: colour"),
        ({"marks": [{"mark": "dot", "values": [{"z": 1}]}]}, "Unknown in a value: z"),
        ({"x": {"kind": "log"}}, "number, share, date, category; it was given 'log'"),
        ({"layer": []}, "Unknown in a chart: layer"),
    ],
)
def test_a_mapping_that_cannot_be_drawn_is_refused_with_the_rule(spec: dict[str, Any], said: str) -> None:
    """A mistake in the mapping is told when the chart is made, with what is known and what was given."""
    with pytest.raises(ValueError, match=said):
        Chart(spec, title="")


def test_missing_numbers_are_plain() -> None:
    """A missing or endless number is nothing, not a mark at zero; numbers of other libraries become plain ones."""
    values = [{"x": math.nan, "y": math.inf, "low": 1}]
    shown = Chart({"marks": [{"mark": "dot", "values": values}]}, title="").shown()
    assert [{"x": None, "y": None, "low": 1}] == shown["spec"]["marks"][0]["values"]


def test_the_numbers_are_not_in_state_or_repr() -> None:
    """A chart may name firms and topics: none is in what a notebook keeps."""
    chart = Chart(RATES, title="Secret finding")
    assert "Chart()" == repr(chart)
    assert "Secret" not in str(chart.get_state())


@pytest.mark.browser
def test_the_frame_says_finding_counts_interval_and_source(stage: Stage) -> None:
    """Around the picture stands what it is worth: counts, what the interval is, where it comes from."""
    chart = stage.show(
        Chart(
            RATES,
            title="It sticks before the interview",
            counts="159 applications.",
            interval="Lines: 90 % intervals.",
            source="NACE 2023.",
            alt="Two bars with intervals.",
        )
    )
    expect(chart.get_by_role("figure", name="It sticks before the interview")).to_be_visible()
    expect(chart.get_by_text("159 applications. Lines: 90 % intervals.")).to_be_visible()
    expect(chart.get_by_text("NACE 2023.")).to_be_visible()
    expect(chart.get_by_role("group", name="Two bars with intervals.")).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 900])
def test_a_bar_has_its_interval_and_its_counts(stage: Stage, width: int) -> None:
    """Each rate is drawn with its interval and says its counts; what is too few says so in place of a bar."""
    chart = stage.show(Chart(RATES, title="Rates"), width=width)
    assert 2 == chart.locator("svg.rb-plot-svg .rb-bar").count()
    assert 2 == chart.locator(".rb-interval").count()
    for words in ("26% (20% to 33%)", "41 of 159", "Too few to tell: 1 of 2"):
        expect(chart.locator("svg.rb-plot-svg").get_by_text(words, exact=True)).to_be_visible()
    assert [] == overlapping(chart)
    assert chart.evaluate("node => node.scrollWidth <= node.clientWidth")


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 900])
def test_curves_differ_by_more_than_colour(stage: Stage, width: int) -> None:
    """Two curves have different dashes and a legend in words; the band is drawn; labels do not touch."""
    chart = stage.show(Chart(CURVE, title="Curve"), width=width)
    lines = chart.locator("svg.rb-plot-svg .rb-line").evaluate_all(
        "nodes => nodes.map(node => getComputedStyle(node).strokeDasharray)"
    )
    assert 2 == len(set(lines))
    assert 1 == chart.locator(".rb-band").count()
    assert ["Yours", "Others"] == chart.locator(".rb-legend > span").all_inner_texts()
    assert [] == overlapping(chart)


@pytest.mark.browser
def test_values_at_one_spot_are_said_together(stage: Stage) -> None:
    """Keys go from point to point along the curves; both curves' values are said, the rule is not a stop."""
    chart = stage.show(Chart(CURVE, title="Curve"))
    stage.page.keyboard.press("Tab")
    label = str(stage.page.locator(":focus").get_attribute("aria-label"))
    assert "Yours: 0. 100% (90% to 100%)" in label
    assert "Others: 0. 90%" in label
    stage.page.keyboard.press("End")
    expect(stage.page.locator(":focus")).to_have_attribute(
        "aria-label", "Yours: 59. 26% (16% to 100%). Others: 59. 16%"
    )
    expect(chart.locator(".rb-readout")).to_be_visible()


@pytest.mark.browser
def test_the_numbers_are_in_a_table(stage: Stage) -> None:
    """“See the numbers” opens a table made from the marks, or the one that was given."""
    chart = stage.show(Chart(RATES, title="Rates"))
    chart.locator("summary").press("Enter")
    rows = [
        row.all_inner_texts()
        for row in (chart.locator("tbody tr").nth(n).locator("th, td") for n in range(3))
    ]
    assert ["Application to answer", "26%", "20%", "33%", "41 of 159"] == rows[0]
    assert ["Final round to offer", "", "", "", "Too few to tell: 1 of 2"] == rows[2]
    own = stage.show(Chart(RATES, title="Rates", table={"columns": ["Own"], "rows": [["table"]]}))
    own.locator("summary").click()
    expect(own.get_by_role("rowheader")).to_have_text("table")


@pytest.mark.browser
@pytest.mark.parametrize("count", [0, 1, 3, 30, 3000])
def test_dots_are_right_at_every_size(stage: Stage, count: int) -> None:
    """From none to thousands of points: all drawn, none outside, a sentence where there are none."""
    values = [{"x": n, "y": n % 5 + 1} for n in range(count)]
    spec = {"y": {"low": 1, "high": 5}, "marks": [{"mark": "dot", "values": values}]}
    chart = stage.show(Chart(spec, title="Dots", empty="Dots appear here."), width=600)
    if count:
        assert count == chart.locator(".rb-dot").count()
        assert [] == overlapping(chart)
        assert chart.locator("svg.rb-plot-svg").evaluate(
            """svg => [...svg.querySelectorAll('.rb-dot')].map((dot) => dot.getBBox())
              .every((box) => box.x >= 0 && box.x + box.width <= 600)"""
        )
    else:
        expect(chart.get_by_text("Dots appear here.")).to_be_visible()


@pytest.mark.browser
def test_standing_bars_lie_down_where_their_names_have_no_room(stage: Stage) -> None:
    """On a narrow page no name is cut: the bars lie and each has its name above it."""
    values = [{"x": name, "y": 5} for name in ("Company page", "University fair", "Recommended by a friend")]
    spec = {"x": {"kind": "category"}, "marks": [{"mark": "bar", "values": values}]}
    chart = stage.show(Chart(spec, title="Sources"), width=320)
    expect(chart.locator("svg.rb-plot-svg").get_by_text("Recommended by a friend")).to_be_visible()
    assert 0 == chart.locator("svg.rb-plot-svg text", has_text="…").count()


@pytest.mark.browser
def test_hostile_labels_stay_words(stage: Stage) -> None:
    """Labels, notes and titles are shown as text, whatever they hold."""
    spec = {
        "y": {"kind": "category"},
        "marks": [{"mark": "bar", "label": HOSTILE, "values": [{"y": HOSTILE, "x": 1, "note": HOSTILE}]}],
    }
    chart = stage.show(Chart(spec, title=HOSTILE, source=HOSTILE))
    chart.locator("summary").click()
    expect(chart.locator("figcaption")).to_contain_text("<img src=x")
    assert 0 == chart.locator("img, b").count()


@pytest.mark.browser
def test_words_of_two_rules_do_not_lie_on_each_other(stage: Stage) -> None:
    """Where two lines across stand close together, the words of the second are a line lower."""
    rules = [{"mark": "rule", "x": day, "label": f"let go: day {day}"} for day in (7, 14)]
    drawn = stage.show(Chart({**CURVE, "marks": [CURVE["marks"][0], *rules]}, title="Two days"), width=340)
    expect(drawn.locator(".rb-rule-words")).to_have_count(2)
    assert [] == overlapping(drawn)
