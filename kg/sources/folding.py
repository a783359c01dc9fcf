"""The text that the reader sees, and where each of its characters stands in the article's."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from types import MappingProxyType

from kg.model import Article, Entity, Fact, Reading, Span
from kg.sources.encodings import Line, split_lines
from kg.sources.language import READ, language_name
from kg.sources.lines import Joint, join_lines
from kg.sources.paragraphs import Paragraph, leave_out

#: Characters that no reader is to see: soft hyphens, blanks without width, marks of direction.
IGNORED = "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
MARKS = "\u0300-\u034e\u0350-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
#: What is not read as it stands; 32 marks on one letter are more than any language has.
WORD = re.compile(r"[^\W\d_]+")
#: A line in capitals has three such words.
LOUD = re.compile(r"[^\W\d_]{3,}")
SPECIAL = re.compile(rf"[{IGNORED}]+|[\ufb00-\ufb06]|[^\s{MARKS}{IGNORED}][{MARKS}]{{1,32}}")


@dataclass(frozen=True, slots=True)
class Folded:
    """Hold a folded text; its character `n` stands for `begins[n]` to `ends[n]` of the original.

    `left_out` are the paragraphs that it lacks, each with why.
    """

    text: str
    begins: array[int]
    ends: array[int]
    left_out: tuple[tuple[Span, str], ...] = ()

    def unfold(self, span: Span) -> Span:
        r"""Return where a stretch of the folded text stands in the original.

        >>> fold_text("Hydré-\nol").unfold((0, 7))
        (0, 9)
        """
        begin, end = span
        if begin < end:
            return self.begins[begin], self.ends[end - 1]
        place = self.begins[begin] if begin < len(self.begins) else (self.ends or [0])[-1]
        return place, place

    def fold(self, span: Span) -> Span:
        r"""Return what of the folded text stands for any character of a stretch of the original.

        >>> fold_text("Hydré-\nol").fold((6, 9))
        (5, 7)
        """
        begin, end = bisect_right(self.ends, span[0]), bisect_left(self.begins, span[1])
        return begin, max(begin, end)


@dataclass(slots=True)
class Weave:
    """Gather a folded text with its map, piece by piece."""

    parts: list[str] = field(default_factory=list)
    begins: array[int] = field(default_factory=lambda: array("L"))
    ends: array[int] = field(default_factory=lambda: array("L"))

    def keep(self, text: str, begin: int, end: int) -> None:
        """Add characters of the original as they stand there."""
        self.parts.append(text[begin:end])
        self.begins.extend(range(begin, end))
        self.ends.extend(range(begin + 1, end + 1))

    def put(self, characters: str, begin: int, end: int) -> None:
        """Add characters that stand together for a stretch of the original."""
        self.parts.append(characters)
        self.begins.extend([begin] * len(characters))
        self.ends.extend([end] * len(characters))


def fold_parts(article: Article) -> Iterator[tuple[str, Folded]]:
    """Yield the folded text of each language of an article that is read, its own first."""
    own = fold_text(article.text, lang=article.lang)
    yield article.lang, own
    told = {why for _, why in own.left_out}
    for lang in READ:
        if lang != article.lang and f"in {language_name(lang)}" in told:
            yield lang, fold_text(article.text, lang=lang, main=article.lang)


def fold_text(text: str, *, lang: str = "", main: str = "") -> Folded:
    r"""Fold a text: unwrap lines, join divided words, compose accents, drop what is no news.

    With `lang`, paragraphs in another language are left out as well; `main` is that of the whole,
    where it is not `lang`.

    >>> fold_text("Le groupe Solve\u0301ra a racheté la\nsociété Hydré-\nol.").text
    'Le groupe Solvéra a racheté la société Hydréol.'
    """
    lines = split_lines(text)
    joints = join_lines(lines)
    paragraphs = gather_paragraphs(lines, joints)
    reasons = leave_out(paragraphs, lang, main or lang)
    weave, gone = Weave(), []
    for paragraph, reason in zip(paragraphs, reasons, strict=True):
        if reason:
            gone.append((paragraph.span, reason))
            continue
        weave_lines(weave, text, lines[slice(*paragraph.lines)], joints[slice(*paragraph.lines)])
    seen = lower_capitals("".join(weave.parts))
    return Folded(seen, weave.begins, weave.ends, tuple(gone))


def lower_capitals(text: str) -> str:
    r"""Write lines in capitals as the other lines write their words, in small letters else.

    A text in capitals throughout stays as it is: nothing in it tells a name from a word.

    >>> lower_capitals("NORDIL RACHÈTE VASCO À LYON\nLe groupe Nordil a racheté Vasco, à Lyon.")
    'Nordil rachète Vasco à Lyon\nLe groupe Nordil a racheté Vasco, à Lyon.'
    """
    lines = text.split("\n")
    loud = [line.isupper() and len(LOUD.findall(line)) > 2 for line in lines]
    others = [line for line, is_loud in zip(lines, loud, strict=True) if not is_loud]
    if not any(loud) or not any(map(str.strip, others)):
        return text
    forms: dict[str, Counter[str]] = {}
    for line in others:
        for found in WORD.finditer(line):
            # A capital after a full stop tells nothing.
            opens = not line[: found.start()].strip(' «“"') or line[found.start() - 2] in ".!?…:"
            form = found[0].lower() if opens and not found[0].isupper() else found[0]
            forms.setdefault(found[0].lower(), Counter())[form] += 10 if form == found[0] else 1

    def recase(found: re.Match[str]) -> str:
        small = found[0].lower()
        told = forms[small].most_common(1)[0][0] if small in forms else small
        first = not found.string[: found.start()].strip(' «“"-–•')
        told = told[0].upper() + told[1:] if first else told
        return told if len(told) == len(found[0]) else found[0]

    return "\n".join(
        WORD.sub(recase, line) if is_loud else line
        for line, is_loud in zip(lines, loud, strict=True)
    )


def gather_paragraphs(lines: Sequence[Line], joints: Sequence[Joint]) -> list[Paragraph]:
    """Return the paragraphs that lines make up, the blank ones after each with it."""
    starts = [0]
    for at, line in enumerate(lines[1:], 1):
        if joints[at - 1] == "break" and line.text.strip():
            starts.append(at)
    found = []
    for begin, end in pairwise([*starts, len(lines)]):
        words = " ".join(line.text.strip() for line in lines[begin:end])
        last = max((at for at in range(begin, end) if lines[at].text.strip()), default=begin)
        found.append(Paragraph((begin, end), (lines[begin].begin, lines[last].end), words.strip()))
    return found


def weave_lines(weave: Weave, text: str, lines: Sequence[Line], joints: Sequence[Joint]) -> None:
    """Add a paragraph's lines to a folded text, with what takes the place of their breaks."""
    for line, joint in zip(lines, joints, strict=True):
        end = line.begin + len(line.text.rstrip())
        begin = max(line.end - len(line.text.lstrip()), line.begin)
        weave_run(weave, text, min(begin, end), end - (joint == "glue"))
        if joint == "break" and line.following > line.end:
            weave.put("\n", line.end, line.following)
        elif joint == "blank":
            weave.put(" ", end, line.following)


def weave_run(weave: Weave, text: str, begin: int, end: int) -> None:
    """Add a stretch without a break, composed and without what no reader is to see."""
    place = begin
    for found in () if text[begin:end].isascii() else SPECIAL.finditer(text, begin, end):
        weave.keep(text, place, found.start())
        place = found.end()
        seen = found[0][0]
        if seen >= "\ufb00" and seen <= "\ufb06":
            weave.put(unicodedata.normalize("NFKC", seen), found.start(), place)
        elif place - found.start() > 1 and unicodedata.combining(text[place - 1]):
            weave.put(unicodedata.normalize("NFC", found[0]), found.start(), place)
    weave.keep(text, place, end)


def unfold_reading(reading: Reading, folded: Folded, article: Article) -> Reading:
    """Return a reading of a folded text as one of its article: every span counts its characters."""
    known: dict[Entity, Entity] = {}

    def unfold_entity(entity: Entity) -> Entity:
        if entity not in known:
            known[entity] = replace(entity, mentions=unfold_spans(entity.mentions, folded))
        return known[entity]

    def unfold_fact(fact: Fact) -> Fact:
        told, by = fact.qualifiers.items(), fact.attributed_to
        values = {k: unfold_entity(v) if isinstance(v, Entity) else v for k, v in told}
        target = fact.object
        return replace(
            fact,
            subject=unfold_entity(fact.subject),
            object=unfold_entity(target) if isinstance(target, Entity) else target,
            qualifiers=MappingProxyType(values),
            attributed_to=by and unfold_entity(by),
            evidence=unfold_spans(fact.evidence, folded),
        )

    return replace(
        reading,
        article=article,
        entities=tuple(map(unfold_entity, reading.entities)),
        facts=tuple(map(unfold_fact, reading.facts)),
        sentences=unfold_spans(reading.sentences, folded),
    )


def unfold_spans(spans: Iterable[Span], folded: Folded) -> tuple[Span, ...]:
    """Return where stretches of a folded text stand in the original."""
    return tuple(folded.unfold(span) for span in spans)
