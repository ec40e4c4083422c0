"""The road and the chart frame."""

from __future__ import annotations

from typing import Any

from ...widgets.chart import Chart
from ...widgets.road import Road
from .specimens import Specimen

DAYS = (
    *(
        ("application", f"2026-{month:02}-{day:02}")
        for month, day in ((9, 1), (9, 2), (9, 9), (9, 17), (10, 1), (10, 6), (10, 21))
    ),
    ("interview", "2026-09-15"),
    ("no", "2026-09-22"),
    ("interview", "2026-10-20"),
    ("offer", "2026-10-29"),
    ("start", "2026-12-01"),
)
SHARE: dict[str, Any] = {"kind": "share", "label": "Answered"}
CATEGORY: dict[str, Any] = {"kind": "category"}


def roads() -> list[Specimen]:
    """Before the first application, and after a while."""
    items = [{"kind": kind, "on": on} for kind, on in DAYS]
    return [
        Specimen("empty", Road(today="2026-11-05")),
        Specimen("filled", Road(items, today="2026-11-05")),
        Specimen("with a value", Road(items, today="2026-11-05"), (("touch", ".rb-place", ""),)),
    ]


def _bars() -> Chart:
    values = [
        {"y": "Referral", "x": 0.44, "low": 0.28, "high": 0.62, "note": "11 of 25"},
        {"y": "Job board", "x": 0.09, "low": 0.05, "high": 0.16, "note": "8 of 87"},
        {"y": "Careers page", "note": "too few to tell: 1 of 3"},
    ]
    return Chart(
        {"x": SHARE, "y": CATEGORY, "marks": [{"mark": "bar", "values": values}]},
        title="Referrals were answered about five times as often",
        counts="20 of 115 applications were answered",
        interval="Lines: 90 % intervals.",
        source="Your own search, 2026",
        alt="Bars of the share that was answered: referrals 44 %, job boards 9 %.",
    )


def _curve() -> Chart:
    steps = ((0, 0.0), (7, 0.12), (14, 0.3), (30, 0.52), (45, 0.6), (60, 0.62))
    values = [
        {"x": day, "y": share, "low": max(0.0, share - 0.1), "high": min(1.0, share + 0.1)}
        for day, share in steps
    ]
    other = [{"x": day, "y": share * 0.7} for day, share in steps]
    return Chart(
        {
            "x": {"kind": "number", "label": "Days since the interview", "unit": "days"},
            "y": SHARE,
            "marks": [
                {"mark": "line", "step": True, "label": "Yours", "values": values},
                {"mark": "line", "label": "Published", "tone": "plum", "values": other},
                {"mark": "rule", "x": 30, "label": "day 30"},
            ],
        },
        title="Half of the answers came within 30 days",
        counts="24 interviews",
        interval="Band: 90 % interval.",
        alt="A curve of answers by day; half of them came within 30 days.",
    )


def charts() -> list[Specimen]:
    """Bars with intervals and one with too few, a curve with its band, no values yet, a value looked at."""
    none = Chart(
        {"x": SHARE, "y": CATEGORY},
        title="Where answers come from",
        empty="With the first answer this shows where answers come from.",
    )
    return [
        Specimen("empty", none),
        Specimen("filled", _bars()),
        Specimen("a curve", _curve()),
        Specimen("with a value", _bars(), (("touch", ".rb-place", ""),)),
        Specimen("numbers open", _bars(), (("open", "details", ""),)),
    ]
