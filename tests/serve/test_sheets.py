"""The HTML that the server writes."""

from __future__ import annotations

import re

from rebound_widgets.serve import sheets
from rebound_widgets.serve.frontend_files import Shelf
from rebound_widgets.serve.words import Sentences, sentences

SAID = sentences()
FILES = Shelf("d1", {}, "v.mjs", ("w.mjs",))
NASTY = "</script><script>alert('x')</script>"


def test_the_first_words_need_no_script() -> None:
    """Title, first sentence, light and dark are in the page itself, in the reader's language."""
    page = sheets.top(Sentences("es", SAID.words), "n0", {"kernelId": "1"}, FILES)
    assert '<html lang="es" dir="ltr">' in page
    assert "<title>Rebound</title>" in page
    assert page.index(SAID.words["opening"]) < page.index('</div>\n</div>\n<div id="workbook">')
    assert "prefers-color-scheme: dark" in page
    assert 'name="viewport" content="width=device-width, initial-scale=1"' in page
    assert set() == set(re.findall(r"<(nav|main|header|footer|aside|h1)\b", page)), (
        "the workbook brings its own"
    )


def test_everything_inline_carries_the_pages_nonce() -> None:
    """No script or style without the page's own mark, and no attribute that would need an exception."""
    page = sheets.top(SAID, "n0nce", {}, FILES) + sheets.bottom(SAID, [], {}, "why")
    for tag in re.findall(r"<(?:script|style)\b[^>]*>", page):
        assert 'nonce="n0nce"' in tag or 'type="application/json"' in tag or 'src="/files/d1/v.mjs"' in tag
    assert [] == re.findall(r"<[^>]+\s(?:style|on\w+)=", page)


def test_nothing_that_comes_from_elsewhere_becomes_markup() -> None:
    """A refusal's sentence, words of a locale and outputs of a cell are text wherever they stand."""
    said = Sentences(NASTY, dict.fromkeys(SAID.words, NASTY))
    views = [{"data": {"x": NASTY}}]
    states = {NASTY: {"state": {"x": NASTY}}}
    page = sheets.top(said, "n", {"x": NASTY}, FILES) + sheets.bottom(said, views, states, NASTY)
    page += sheets.alone(said, "n", "closed", NASTY)
    assert NASTY not in page


def test_a_page_without_scripts_allows_none() -> None:
    """The pages of a few sentences may neither run nor fetch anything."""
    assert "script-src" not in sheets.policy("n")
    assert sheets.policy("n").startswith("default-src 'none'; style-src 'nonce-n'")
    assert sheets.new_nonce() != sheets.new_nonce()


def test_the_words_of_the_pages_keep_the_houses_tone() -> None:
    """No exclamation marks, and none of the words the product does not say."""
    said = " ".join(SAID.words.values())
    assert "!" not in said
    assert set() == set(re.findall(r"\b(just|simply|unfortunately|failure)\b", said.lower()))
