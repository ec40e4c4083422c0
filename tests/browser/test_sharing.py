"""Two people and two files: shared, read, agreed, taken back; and a desk that whatever was written cannot harm."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from rebound_widgets.desk import Desk
from rebound_widgets.sharing.files import digest
from rebound_widgets.workbook import Workbook

from ..desk.conftest import shared

PATIENCE_MS = 30_000
KEPT, OWN = "Zanzibarplum, for me alone.", "Quokkafennel, for the desk alone."


def arrive(page: Page, place: str) -> None:
    """Go to an address and wait until its page is there."""
    page.evaluate("where => { location.hash = where }", f"#/{place}")
    expect(page.locator("main")).to_have_attribute("data-address", place, timeout=PATIENCE_MS)


def opened(new_page: Callable[..., Page], url: str) -> Page:
    """A page of a launcher, open."""
    page = new_page(url)
    expect(page.locator("main h1")).to_be_visible(timeout=60_000)
    return page


def fill(page: Page, question: str, text: str, *, item: int | None = None) -> None:
    """Write an answer, and go on."""
    where = f"[data-question='{question}']" + ("" if item is None else f"[data-item='{item}']")
    field = page.locator(f"{where} input, {where} textarea").first
    field.fill(text)
    field.blur()


def download(page: Page, name: str) -> bytes:
    """What the button of that name saves."""
    with page.expect_download(timeout=PATIENCE_MS) as waiting:
        page.get_by_role("button", name=name).click()
    return Path(waiting.value.path()).read_bytes()


def choose(page: Page, name: str, file: bytes, told: str) -> None:
    """Choose a file on the page that is open, and wait for what it says."""
    given: Any = {"name": name, "mimeType": "application/octet-stream", "buffer": file}
    page.locator("main input[type=file]").set_input_files(given, timeout=PATIENCE_MS)
    expect(page.get_by_text(told).first).to_be_visible(timeout=PATIENCE_MS)


def holds(home: Path, words: str) -> list[Path]:
    """The files of a folder that hold these words."""
    return [path for path in home.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def two_homes(tmp_path: Path) -> tuple[Path, Path]:
    """A student's folder with five things to share, and a desk with a share that is over by now."""
    homes = tmp_path / "student", tmp_path / "desk"
    workbook = Workbook.open(homes[0])
    application = workbook.add_application({"company": "Acme", "role": "Clerk", "note": KEPT})
    interview = workbook.add_interview(application.record_id, {"held_on": "2026-10-20"})
    workbook.record("debrief/recall", "Three people and a plant.", record_id=interview.record_id)
    workbook.close()
    long_ago = dt.date(2026, 1, 5)
    noon = dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC)
    desk = Desk.open(homes[1], clock=lambda: noon)
    desk.workbook.record("desk/name", "Ana Reyes")
    desk.take_in(shared(long_ago, sharer="Wilhelmina Tester")[0])
    desk.close()
    return homes


def test_two_people_share_agree_and_take_back(
    start_rebound: Callable[..., Any],
    start_desk: Callable[..., Any],
    new_page: Callable[..., Page],
    tmp_path: Path,
) -> None:
    """A student shares two of five things, a counsellor agrees two actions, the student sees them and takes it back."""
    homes = two_homes(tmp_path)
    assert holds(homes[1], "Wilhelmina Tester")

    student = opened(new_page, start_rebound(homes[0]).url)
    arrive(student, "share/with-somebody")
    fill(student, "share/with-whom", "Ana Reyes")
    fill(student, "share/with-as", "Mara")
    for name in ("My search in numbers, without names", "What happened"):
        student.get_by_label(name, exact=True).check()
    expect(student.get_by_text("2 things. Open each one")).to_be_visible(timeout=PATIENCE_MS)
    share = download(student, "Save the file")
    assert KEPT.encode() not in share

    counsellor = opened(new_page, start_desk(homes[1]).url)
    expect(counsellor.get_by_text("1 share was over and is erased")).to_be_visible(timeout=PATIENCE_MS)
    assert [] == holds(homes[1], "Wilhelmina Tester")
    arrive(counsellor, "desk/take-in")
    choose(counsellor, "for-you.rebound-share", share, "Taken in: what Mara shared.")
    arrive(counsellor, "desk")
    counsellor.locator("main a[href^='#/session/']").first.click(timeout=PATIENCE_MS)
    expect(counsellor.locator("h1")).to_have_text("Mara", timeout=PATIENCE_MS)
    counsellor.get_by_text("Acme, Clerk, round 1: What happened").click()
    expect(counsellor.get_by_text("Three people and a plant.")).to_be_visible()
    counsellor.get_by_role("button", name="Begin a session today").click()
    fill(counsellor, "session/private-note", OWN)
    for number, (what, by) in enumerate((("Ask Tom", "2026-12-01"), ("Two a week", "2026-12-08")), start=1):
        counsellor.get_by_role("button", name="Add what you agreed on").click()
        fill(counsellor, "session/agreed-what", what, item=number)
        fill(counsellor, "session/agreed-by", by, item=number)
    expect(counsellor.get_by_role("button", name="Save the reply for their workbook")).to_be_visible(
        timeout=PATIENCE_MS
    )
    counsellor.wait_for_timeout(1500)
    reply = download(counsellor, "Save the reply for their workbook")
    assert OWN.encode() not in reply
    here = counsellor.evaluate("location.hash.slice(2)")
    arrive(counsellor, f"{here}/together")
    expect(counsellor.get_by_text("You are looking together.")).to_be_visible()
    assert OWN not in counsellor.content()

    arrive(student, "share/replies")
    choose(student, "for-you.rebound-reply", reply, "The reply of Ana Reyes is here now.")
    expect(student.locator("main")).to_contain_text("Ask Tom", timeout=PATIENCE_MS)
    expect(student.locator("main")).to_contain_text("by 8 Dec 2026")
    arrive(student, "share/shared")
    expect(student.get_by_text("Ana Reyes opened it on")).to_be_visible(timeout=PATIENCE_MS)
    back = download(student, "Take it back: save the file that does it")
    arrive(counsellor, "desk/take-in")
    choose(counsellor, "for-you.rebound-revoke", back, "Mara took back what was shared.")
    assert [] == holds(homes[1], "Three people and a plant.")


# Whatever was written ------------------------------------------------------------------------------------

STRUCK = (
    "<script>struck()</script>",
    "<img src=x onerror=struck()>",
    "<svg onload=struck()>",
    "<svg><a xlink:href='javascript:struck()'>x</a></svg>",
    "<math><maction actiontype='statusline' xlink:href='javascript:struck()'>x</maction></math>",
    "<iframe srcdoc='<script>parent.struck()</script>'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import url(//evil.example/x)</style>",
    "<base href=//evil.example/>",
    "<form action=//evil.example><button>x",
    "[x](javascript:struck())",
    "![x](//evil.example/x.png)",
    "# x\n\n<details open ontoggle=struck()>",
    "javascript:struck()",
    "data:text/html,<script>struck()</script>",
    '=HYPERLINK("//evil.example","x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "{{constructor.constructor('struck()')()}}",
    "${struck()}",
    "$x<script>struck()</script>$",
    "\u202egnp.exe\u202c",
    "\u2066\u2067\u2068x",
    "a\u200b\u200d\ufeffb",
    "Z\u0351\u0357\u036b" * 20,
    "x" * 3_000,
)
AROUND = ("{}", '">{}', "'>{}", "</textarea>{}", "</title></script>{}", "<!--{}", "\\u003c{}", "{}\n{}")
HOSTILE = [around.replace("{}", struck) for struck, around in itertools.product(STRUCK, AROUND)]
"""Two hundred strings that somewhere do something."""
STRIKE = "window.struck = () => { window.hit = (window.hit ?? 0) + 1; }"


def hostile_share(number: int, strings: list[str]) -> bytes:
    """A share with a hostile string in every field that takes words, whole by its envelope."""
    today = dt.datetime.now().astimezone().date()
    _, share, _ = shared(today)
    one = strings[0]
    line = re.sub(r"\s+", " ", one)[:70] or "x"
    numbers = dict(share.items[0])
    numbers["title"] = one
    items: list[dict[str, Any]] = [numbers]
    for place, text in enumerate(strings):
        named = {"id": f"item-{place}", "title": text}
        items.append(
            [
                {**named, "kind": "note", "text": text},
                {**named, "kind": "application", "pairs": [[text, text]]},
                {**named, "kind": "interview", "pairs": [[text, text]]},
                {
                    **named,
                    "kind": "answers",
                    "chapter": "debrief",
                    "exercise": "recall",
                    "parts": [{"title": text, "pairs": [[text, text]]}],
                },
                {
                    **named,
                    "kind": "rating",
                    "question": "debrief/felt-prepared",
                    "ask": text,
                    "ratings": [{"item": 1, "value": 3, "high": 5}],
                },
            ][place % 5]
        )
    body = {
        "format": "rebound-share",
        "version": 1,
        "share": f"share-{number}",
        "sender": f"sender-{number}",
        "from": line,
        "for": "Ana Reyes",
        "why": line,
        "given_on": today.isoformat(),
        "until": (today + dt.timedelta(days=20)).isoformat(),
        "counted": True,
        "programme": re.sub(r"\s+", " ", HOSTILE[0])[:70],
        "term": re.sub(r"\s+", " ", HOSTILE[8])[:70],
        "locale": "en",
        "seal": share.seal,
        "items": items,
    }
    return json.dumps({**body, "digest": digest(body)}).encode()


def test_what_somebody_wrote_is_only_ever_text_on_the_desk(
    start_desk: Callable[..., Any], new_page: Callable[..., Page], tmp_path: Path
) -> None:
    """200 hostile strings in every field, on every page of the desk and in what it saves: nothing runs or loads."""
    assert 200 == len(set(HOSTILE))
    desk = Desk.open(tmp_path)
    desk.workbook.record("desk/name", HOSTILE[0])
    desk.also_called("Ana Reyes")
    for number in range(12):
        desk.take_in(hostile_share(number, HOSTILE[number:] if number < 1 else HOSTILE[number::12]))
    person = desk.person("sender-0")
    assert person is not None
    desk.close()

    rebound = start_desk(tmp_path)
    page = new_page()
    page.add_init_script(STRIKE)
    page.goto(rebound.url)
    expect(page.locator("main h1")).to_be_visible(timeout=60_000)
    expect(page.locator("[data-panel='signals']")).to_be_visible(timeout=PATIENCE_MS)
    arrive(page, "session/sender-0")
    expect(page.locator("main details").nth(100)).to_be_attached(timeout=PATIENCE_MS)
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    shown = page.locator("main").inner_text()
    assert "<script>struck()</script>" in shown
    assert "</textarea><svg onload=struck()>" in shown
    assert page.locator("main :is(script, iframe, form[action], base, link, img)").count() == 0
    page.get_by_role("button", name="Begin a session today").click()
    fill(page, "session/shared-note", "\n".join(HOSTILE)[:20_000])
    expect(page.get_by_role("button", name="Save one page to print")).to_be_visible(timeout=PATIENCE_MS)
    page.wait_for_timeout(1500)
    printed = download(page, "Save one page to print").decode()
    assert download(page, "Save one page as PDF").startswith(b"%PDF")
    arrive(page, "cohort/1")
    table = download(page, "Save as a table (CSV)").decode("utf-8-sig")
    assert not re.search(r"(?m)^[=+@]", table)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "a long string widens the page"
    assert page.evaluate("window.hit") is None
    paper = new_page()
    paper.add_init_script(STRIKE)
    paper.set_content(printed)
    paper.wait_for_timeout(300)
    assert paper.evaluate("window.hit") is None
    assert paper.locator("script, iframe, img, svg, form").count() == 0
