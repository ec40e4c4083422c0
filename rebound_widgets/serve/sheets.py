"""The HTML that the server itself writes: the frame around the workbook, and pages of a few sentences."""

from __future__ import annotations

import functools
import secrets
from collections.abc import Mapping, Sequence
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


def policy(nonce: str, *, sockets: str | None = None) -> str:
    """The content security policy of one page.

    Args:
        nonce: The page's own.
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
    fixed = {"base-uri": "'none'", "form-action": "'none'", "frame-ancestors": "'none'"}
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


def top(said: Sentences, nonce: str, config: Mapping[str, Any], files: Shelf) -> str:
    """The page up to the workbook: everything a person sees before any script has run."""
    return (
        _environment()
        .get_template("top.html")
        .render(
            words=said.words,
            locale=said.locale,
            direction=said.direction,
            nonce=nonce,
            config=config,
            entry=f"{files.where}/{files.entry}",
            preload=[f"{files.where}/{name}" for name in files.preload],
            css=_text("page.css") + _text("stock.css"),
            early=_text("early.js"),
            opening=_text("opening.js"),
        )
    )


def bottom(said: Sentences, views: Sequence[Mapping[str, Any]], failure: str | None = None) -> str:
    """The rest: the workbook's widgets, or the sentence that says why there are none."""
    return _environment().get_template("bottom.html").render(words=said.words, views=views, failure=failure)


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
