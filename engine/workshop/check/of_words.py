"""Words: long questions and sentences, reading age, blame, jargon, promises of safety. For texts in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.format.atoms import Text
from engine.format.resolve_checks import FOR_PRACTITIONERS
from engine.format.yaml_node import Node
from engine.problem import Place
from engine.workshop.check.finding import Finding
from engine.workshop.check.readability import reading_age, sentences_of, words_of
from engine.workshop.check.subject import Subject
from engine.workshop.check.word_lists import BLAMING, DENYING, JARGON, NOT_BLAMING, PERCENT, PROMISING

LONGEST_QUESTION = 20
LONGEST_SENTENCE = 30
OLDEST = 12.0  # a reading age of about 11, with room for the names of things
FEWEST_WORDS = 30  # of fewer the index says nothing
OTHERS = ("self", "supporter", "default")  # the voices whose reader is no professional


def long_questions(subject: Subject) -> Iterator[Finding]:
    """Find questions to people themselves of more than 20 words; what is told in a note may be longer."""
    one = subject.instrument
    if not _english(subject) or "self" not in one.questionnaire.voices:
        return
    for item in one.items.values():
        many = len(words_of(item.ask.says("self"))) if item.kind != "note" and item.id in subject.item_nodes else 0
        if many > LONGEST_QUESTION:
            yield Finding(
                "question-too-long",
                _said(subject.item_nodes[item.id].at(["ask"]), "self").place,
                f"The question of '{item.id}' has {many} words in the self voice.",
                f"Say it in at most {LONGEST_QUESTION}; what is left over can be a hint.",
            )


def long_sentences(subject: Subject) -> Iterator[Finding]:
    """Find sentences that are too long for a frightened reader."""
    for words, node in _for_everybody(subject):
        long = next((one for one in sentences_of(words) if len(words_of(one)) > LONGEST_SENTENCE), None)
        if long is not None:
            yield Finding(
                "long-sentence",
                node.place_at(words.find(long), len(long)),
                f"A sentence has {len(words_of(long))} words.",
                "Make two of it.",
            )


def hard_sections(subject: Subject) -> Iterator[Finding]:
    """Find sections whose questions and hints take an older reader, in the self voice."""
    one = subject.instrument
    if not _english(subject) or "self" not in one.questionnaire.voices:
        return
    for place, section in enumerate(one.sections):
        texts = [text for name in section.items for text in (one.items[name].ask, one.items[name].hint) if text]
        whole = ". ".join(text.says("self") for text in texts)
        age = reading_age(whole)
        if age > OLDEST and len(words_of(whole)) >= FEWEST_WORDS:
            yield Finding(
                "hard-to-read",
                subject.tree.at(["sections", place, "id"]).place,
                f"The questions of '{section.id}' take a reading age of {age:.0f}.",
                "Use shorter words and shorter sentences.",
            )


def blaming_words(subject: Subject) -> Iterator[Finding]:
    """Find words that can be heard as blame or disbelief."""
    for words, node in _for_everybody(subject):
        for pattern, instead in BLAMING:
            for match in pattern.finditer(words):
                if not NOT_BLAMING.search(words[: match.start()]):
                    yield Finding("blaming-words", _at(node, match), f"'{match[0]}' can be heard as blame.", instead)


def jargon(subject: Subject) -> Iterator[Finding]:
    """Find words of the trade in what people answer or tick; a hint beside them may explain them."""
    for words, node, explained in _asked_of_everybody(subject):
        for pattern, instead in JARGON:
            match = pattern.search(words)
            if match and not explained:
                yield Finding("jargon", _at(node, match), f"'{match[0]}' is a word of the trade.", instead)


def promises(subject: Subject) -> Iterator[Finding]:
    """Find promises of safety, low risks and percentages, in every voice."""
    if not _english(subject):
        return
    for text, node, key in subject.texts:
        if key in FOR_PRACTITIONERS:
            continue
        # how a level may be called, the format itself says: one of a published instrument keeps its own words
        promising = () if _is_in(subject, node, "outcomes") else PROMISING
        for voice, words in text.by_voice:
            for pattern, instead in (*promising, (PERCENT, "Say what is known in words; nobody knows a chance.")):
                match = next((one for one in pattern.finditer(words) if not DENYING.search(words[: one.start()])), None)
                if match:
                    yield Finding(
                        "says-safe",
                        _at(_said(node, voice), match),
                        f"'{match[0]}' is more than anybody knows.",
                        instead,
                    )


def _is_in(subject: Subject, node: Node, key: str) -> bool:
    """Whether a text stands under this key of the whole."""
    part = subject.tree.get(key)
    return part is not None and part.start <= node.start < part.end


def _english(subject: Subject) -> bool:
    return subject.instrument.questionnaire.language.startswith("en")


def _for_everybody(subject: Subject) -> Iterator[tuple[str, Node]]:
    """Yield the words that people who are no professionals read, each with its node."""
    voices = set(subject.instrument.questionnaire.voices) & set(OTHERS)
    if not _english(subject) or not voices:
        return
    for text, node, key in subject.texts:
        if key not in FOR_PRACTITIONERS:
            yield from _read(text, node)


def _asked_of_everybody(subject: Subject) -> Iterator[tuple[str, Node, bool]]:
    """Yield questions and labels, each with whether a hint stands beside it."""
    voices = set(subject.instrument.questionnaire.voices) & set(OTHERS)
    if not _english(subject) or not voices:
        return
    for item in subject.instrument.items.values():
        if item.id not in subject.item_nodes:
            continue
        node = subject.item_nodes[item.id]
        for words, below in _read(item.ask, node.at(["ask"])):
            yield words, below, item.hint is not None
        keys = dict(subject.option_nodes(item.id))
        for option in item.options:
            if option.id in keys:
                for words, _ in _read(option.label, keys[option.id]):
                    yield words, keys[option.id], option.hint is not None or item.hint is not None


def _read(text: Text, node: Node) -> Iterator[tuple[str, Node]]:
    """Yield the words of a text that somebody other than a practitioner reads."""
    for voice, words in text.by_voice:
        if voice in OTHERS:
            yield words, _said(node, voice)


def _said(node: Node, voice: str) -> Node:
    return node.get(voice) or node.get("default") or node


def _at(node: Node, match: re.Match[str]) -> Place:
    if isinstance(node.value, str) and match[0] in node.value:
        return node.place_at(node.value.index(match[0]), len(match[0]))
    return node.place
