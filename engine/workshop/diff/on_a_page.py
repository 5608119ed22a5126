"""A difference as one page for a review meeting: it needs nothing else, and prints."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from engine.workshop.diff.change import Difference, Told

STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
:root { color: #1a1a1a; background: #fff }
h1 { font-size: 1.5rem }
h2 { font-size: 1.2rem; margin-top: 2rem; border-bottom: 1px solid #767676 }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #999; padding: .3rem .5rem; text-align: left; vertical-align: top }
th { background: #eee }
td { overflow-wrap: anywhere }
del { color: #8a1c1c }
ins { color: #14532d; text-decoration: none; font-weight: 600 }
pre { background: #f4f4f4; padding: .5rem; white-space: pre-wrap; overflow-wrap: anywhere }
@media print { body { margin: 0; max-width: none } tr, pre { break-inside: avoid } h2 { break-after: avoid } }
"""


def as_page(difference: Difference) -> str:
    """Return the page as HTML."""
    return "\n".join(_lines(difference)) + "\n"


def _lines(difference: Difference) -> Iterator[str]:
    old, new = (escape(title) for title in difference.titles)
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{old}, and {new}</title>\n<style>{STYLE}</style>\n</head>\n<body>"
    yield f"<h1>What changes from {old} to {new}</h1>"
    for part, changes in difference.by_part.items():
        yield f"<h2>{escape(part)}</h2>\n<table>"
        yield "<thead><tr><th>What</th><th>Before</th><th>After</th></tr></thead>\n<tbody>"
        for one in changes:
            before = f"<del>{escape(one.before)}</del>" if one.before else "<i>added</i>"
            after = f"<ins>{escape(one.after)}</ins>" if one.after else "<i>removed</i>"
            yield f"<tr><td>{escape(one.name)}</td><td>{before}</td><td>{after}</td></tr>"
        yield "</tbody>\n</table>"
    if not difference.changes:
        yield "<p>Nothing changed in the file.</p>"
    yield "<h2>Who would be told something different</h2>\n<ul>"
    yield from (f"<li>{escape(in_words(one))}{_case(one)}</li>" for one in difference.told)
    yield "</ul>\n</body>\n</html>"


def _case(one: Told) -> str:
    return f"\n<pre>{escape(one.case)}</pre>" if one.case else ""


def in_words(one: Told) -> str:
    """Return who is told something different of one thing, in a sentence."""
    what = f"{one.kind} {one.name}"
    if one.kind == "outcome":
        it, is_so, be_so = "the level", f"goes {one.way}", f"go {one.way}"
    else:
        it, is_so, be_so = "it", str(one.way), one.way.removesuffix("s")
    if one.somebody is None:
        return f"{what}: whether {it} {is_so} for anybody was not decided."
    if not one.somebody:
        return f"{what}: for nobody does {it} {be_so}, whatever they answer."
    change = f", from {one.before} to {one.after}" if one.before or one.after else ""
    return f"{what}: for somebody {it} {is_so}{change}."
