"""The HTML that the server itself writes: the frame around the workbook, and pages of a few sentences."""

from __future__ import annotations

import functools
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .frontend_files import Shelf
from .words import Sentences

TEMPLATE = Path(__file__).resolve().parent / "template"
"""Beside this file, so that it is found in every kind of installation; a folder of the same name in the
person's Jupyter folders cannot stand in front of it, as it could with Voilà's search for templates."""


def new_nonce() -> str:
    """A number used once: it marks the scripts and styles of one page as ours."""
    return secrets.token_urlsafe(16)


def policy(nonce: str, *, sockets: str | None = None, stands: bool = False) -> str:
    """The content security policy of one page.

    Args:
        nonce: The page's own.
        stands: Whether it is a page of our own with a form in it, and perhaps a script.
        sockets: The origin of the page's socket; ``None`` for a page without scripts. Named beside
            ``'self'``, which older browsers do not extend to sockets.

    ``blob:`` is for anywidget, which imports a widget's module from such an address. Styles have the nonce
    too, so markup that slips in cannot bring its own; what scripts make gets it from ``early.js``.
    """
    if sockets is None:
        allowed = {"style-src": f"'nonce-{nonce}'", "img-src": "data:"}
    else:
        allowed = {
            "script-src": f"'self' blob: 'nonce-{nonce}'",
            "style-src": f"'nonce-{nonce}'",
            "img-src": "'self' data: blob:",
            "connect-src": f"'self' {sockets}",
        }
    if stands:
        allowed["script-src"] = f"'nonce-{nonce}'"
    forms = "'self'" if stands else "'none'"
    fixed = {"base-uri": "'none'", "form-action": forms, "frame-ancestors": "'none'"}
    return "; ".join(
        f"{name} {value}" for name, value in {"default-src": "'none'", **allowed, **fixed}.items()
    )


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATE), autoescape=True, trim_blocks=True, undefined=StrictUndefined
    )


@functools.cache
def _text(name: str) -> Markup:
    return Markup((TEMPLATE / name).read_text(encoding="utf-8"))  # noqa: S704 - our own files


@dataclass(frozen=True)
class Strip:
    """The line above a workbook that is a visitor's.

    Attributes:
        text: What it says.
        label: What its link says.
        href: Where that leads.
    """

    text: str
    label: str
    href: str


def top(
    said: Sentences,
    nonce: str,
    config: Mapping[str, Any],
    files: Shelf,
    *,
    base: str = "/",
    visiting: bool = False,
) -> str:
    """The page up to the workbook: everything a person sees before any script has run.

    Args:
        said: The server's own sentences.
        nonce: The page's own number.
        config: What its script reads.
        files: The front end's files.
        base: The path below which everything of ours is.
        visiting: Whether a line about the visit will stand above the workbook.
    """
    shelf = f"{base}{files.where[1:]}"
    return (
        _environment()
        .get_template("top.html")
        .render(
            words=said.words,
            locale=said.locale,
            direction=said.direction,
            nonce=nonce,
            config=config,
            entry=f"{shelf}/{files.entry}",
            preload=[f"{shelf}/{name}" for name in files.preload],
            css=_text("page.css") + _text("stock.css") + (_text("visit.css") if visiting else ""),
            early=_text("early.js"),
            opening=_text("opening.js"),
        )
    )


def bottom(
    said: Sentences,
    views: Sequence[Mapping[str, Any]],
    states: Mapping[str, Any],
    failure: str | None = None,
    strip: Strip | None = None,
) -> str:
    """The rest: the workbook's widgets and what is in them, or the sentence that says why there are none.

    ``strip`` is the line about a visit; ``None`` for none.
    """
    template = _environment().get_template("bottom.html")
    return template.render(words=said.words, views=views, states=states, failure=failure, strip=strip)


def alone(said: Sentences, nonce: str, stem: str, link: str | None = None) -> str:
    """A page of three sentences, those under ``stem`` in the words."""
    return (
        _environment()
        .get_template("alone.html")
        .render(
            words=said.words,
            locale=said.locale,
            direction=said.direction,
            nonce=nonce,
            title=said.words[f"{stem}_title"],
            sentence=said.words[stem],
            next=said.words[f"{stem}_next"],
            link=link,
            css=_text("page.css"),
        )
    )


@dataclass(frozen=True, kw_only=True)
class Block:
    """One card of a page that stands alone.

    Attributes:
        title: Its heading; none where empty.
        text: Its paragraphs.
        look: ``notice`` for what is to be noticed.
        label: What its button or link says.
        href: Where its link leads.
        file: Whether that is a file to keep.
        post: Where its form goes, if it has one instead.
        tick: What is to be ticked before.
        ask: The form's one field: ``label``, ``name``, ``value`` and ``longest``.
        main: Whether its button is the page's main one.
    """

    title: str = ""
    text: Sequence[str] = ()
    look: str = ""
    label: str = ""
    href: str = ""
    file: bool = False
    post: str = ""
    tick: str = ""
    ask: Mapping[str, Any] | None = None
    main: bool = False


def stand(
    said: Sentences, nonce: str, title: str, lede: str, blocks: Sequence[Block], *, script: str | None = None
) -> str:
    """A page of cards that stands alone, without the front end.

    Args:
        said: Gives the language.
        nonce: The page's own number.
        title: Its heading.
        lede: The sentence under it.
        blocks: Its cards.
        script: The name of a script of ours to run; ``None`` for none.
    """
    return (
        _environment()
        .get_template("stand.html")
        .render(
            locale=said.locale,
            direction=said.direction,
            nonce=nonce,
            title=title,
            lede=lede,
            blocks=blocks,
            script=_text(script) if script else None,
            css=_text("page.css") + _text("visit.css"),
        )
    )
