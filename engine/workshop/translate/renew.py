"""Bring a PO file in step with the words as they are now, losing nothing that a translator has written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from engine.format.po import Catalogue, Entry
from engine.format.texts import Texts
from engine.workshop.translate.about import About

HEADERS = {"MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit"}
COMMENT = (
    "Words of a questionnaire that may be read by somebody in danger.",
    "Keep phone numbers, figures, addresses, and what stands in braces or tags exactly as they are.",
    "While this is a draft, say so in the headers: X-Askwell-Status: draft: what is still to be done.",
)


def renewed(texts: Texts, about: About, before: Catalogue, language: str, project: str) -> Catalogue:
    """Return the catalogue for these texts, in their order.

    A translation of other words than there are now stays and is marked as fuzzy. Words without a translation take
    that of the same words elsewhere, also as fuzzy. What belongs to no text any more is put aside.
    """
    memory = _memory([*before.entries.values(), *before.obsolete])
    entries = {key: _entry(key, words, about(key), before.entries.get(key), memory) for key, words in texts.items()}
    gone = [entry for key, entry in before.entries.items() if key not in texts and entry.words]
    again = {entry.context for entry in gone} | texts.keys()
    kept = [entry for entry in before.obsolete if entry.key not in again]
    headers = {
        "Project-Id-Version": project,
        **({"Language": language} if language else {}),
        **HEADERS,
        **before.headers,
    }
    return Catalogue(before.file, headers, before.comment or COMMENT, entries, (*gone, *kept))


def _memory(entries: Iterable[Entry]) -> Mapping[str, str]:
    return {entry.source: entry.words for entry in entries if entry.words and not entry.fuzzy}


def _entry(key: str, words: str, about: tuple[str, ...], before: Entry | None, memory: Mapping[str, str]) -> Entry:
    context = "" if key == words else key
    if before is None or not before.words:
        notes = before.notes if before is not None else ()
        known = memory.get(words, "")
        return Entry(context, words, known, fuzzy=bool(known), about=about, notes=notes)
    if before.source == words:
        return replace(before, about=about)
    return replace(before, source=words, fuzzy=True, about=about, before=before.before or before.source)
