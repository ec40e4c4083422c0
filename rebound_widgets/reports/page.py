"""A document as one HTML page that prints well: no script, nothing from any other place, escaped by default."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from .document import Block, Document, Pairs, Paragraph, Picture, Section, Table

_STYLE = Markup(
    "body{font:11pt/1.5 Georgia,serif;max-width:44em;margin:2em auto;padding:0 1em}"
    "body{color:#1F2A30;background:#fff;overflow-wrap:anywhere}"
    "h1{font-size:2em;line-height:1.15;margin:0 0 .3em}h2{margin:2.2em 0 .5em;border-bottom:1px solid #DDD6CA}"
    "h3{margin:1.6em 0 .4em}h4{margin:1.1em 0 .3em;color:#55636B}h1,h2,h3,h4{break-after:avoid}"
    "table{border-collapse:collapse;width:100%;font-size:10pt;margin:1em 0}"
    "caption{text-align:start;color:#55636B;padding:.3em 0}"
    "th,td{text-align:start;vertical-align:top;padding:.3em .6em .3em 0;border-bottom:1px solid #DDD6CA}"
    "thead{display:table-header-group}tr,.pair,figure{break-inside:avoid}"
    "dl{margin:0}dt{font-weight:bold}dd{margin:0 0 .8em;white-space:pre-wrap}"
    ".quiet,figcaption{color:#55636B;font-size:.92em}figure{margin:1em 0}figure svg{width:100%;height:auto}"
    "@page{margin:18mm}@media print{body{margin:0;padding:0;max-width:none}}"
    "@media screen and (max-width:44em){thead{display:none}tr{display:block;padding:.6em 0}"
    "tr{border-bottom:1px solid #DDD6CA}td{display:block;border:0;padding:0}td:empty{display:none}"
    "td::before{content:attr(data-name) ': ';color:#55636B}}"
)
_PAGE = Markup(
    '<!doctype html>\n<html lang="{lang}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
)


def page_bytes(document: Document) -> bytes:
    """The page in UTF-8."""
    head = Markup("<h1>{}</h1>\n{}").format(
        document.title, _joined(Markup('<p class="quiet">{}</p>\n').format(line) for line in document.lede)
    )
    body = _joined([head, *(_section(section, 2) for section in document.sections)])
    whole = _PAGE.format(
        lang=document.lang, direction=document.direction, title=document.title, style=_STYLE, body=body
    )
    return str(whole).encode("utf-8", "replace")


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


def _section(section: Section, level: int) -> Markup:
    blocks = _joined(_block(block, level + 1) for block in section.blocks)
    inner = _joined(_section(one, level + 1) for one in section.inner)
    heading = Markup("<h{0}>{1}</h{0}>").format(level, section.title)
    return Markup("<section>\n{}\n{}{}</section>\n").format(heading, blocks, inner)


def _block(block: Block, level: int) -> Markup:
    match block:
        case Paragraph():
            quiet = Markup(' class="quiet"') if block.quiet else Markup("")
            return Markup("<p{}>{}</p>\n").format(quiet, block.text)
        case Picture():
            # The drawing is made by our own code, which escapes the words it takes in (see shapes.words).
            drawing = Markup(block.svg)  # noqa: S704
            inside = Markup('<div role="img" aria-label="{}">{}</div>').format(block.alt, drawing)
            caption = Markup("<figcaption>{}</figcaption>").format(block.caption)
            return Markup("<figure>{}{}</figure>\n").format(inside, caption)
        case Table():
            return _table(block)
        case Pairs():
            heading = Markup("<h{0}>{1}</h{0}>\n").format(min(level, 6), block.title) if block.title else ""
            pairs = _joined(
                Markup('<div class="pair"><dt>{}</dt><dd>{}</dd></div>\n').format(*pair)
                for pair in block.pairs
            )
            return Markup("{}<dl>\n{}</dl>\n").format(heading, pairs)


def _table(table: Table) -> Markup:
    head = _joined(Markup('<th scope="col">{}</th>').format(name) for name in table.columns)
    rows = _joined(
        Markup("<tr>{}</tr>\n").format(
            _joined(
                Markup('<td data-name="{}">{}</td>').format(name, cell) if cell else Markup("<td></td>")
                for name, cell in zip(table.columns, row, strict=True)
            )
        )
        for row in table.rows
    )
    return Markup(
        "<table>\n<caption>{}</caption>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n"
    ).format(table.caption, head, rows)
