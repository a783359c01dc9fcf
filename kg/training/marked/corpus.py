"""Articles marked in their own text (`.ann`): mentions, things and facts, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import DataError
from kg.files.faults import tell_fault
from kg.model import Span
from kg.reader.scheme import INDEX, MODALITIES, RELATIONS, SLOTS
from kg.values.figures import find_figures, read_percent

CLASSES = ("Organization", "Person", "Place", "Product")
#: What follows a backslash → what both stand for; a full stop, for the end of a text without one.
ESCAPES = {"[": "[", "]": "]", "|": "|", "\\": "\\", "-": "-", "n": "\n", "r": "\r", ".": ""}
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ENTITY = re.compile(r"(\?)?([a-z]+\d+) (\w+)(?:/(\w+))? (.+)")
_PART = re.compile(r'\s*(?:(\w+)=)?("(?:[^"\\]|\\.)*"|\S+)')
_MARK = re.compile(r"([a-z]+\d+(?:\+[a-z]+\d+)*)(\*?)")
#: How far from the words that say a fact its role, market or sum is looked for, in characters.
NEAR = 300


@dataclass(frozen=True, slots=True)
class Thing:
    """Hold a thing that an article names; `optional`: as right to leave out."""

    key: str
    classes: tuple[str, ...]
    name: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Hold one mention: its characters, the thing that it means, whether it is a name."""

    begin: int
    end: int
    key: str
    named: bool


@dataclass(frozen=True, slots=True)
class MarkedFact:
    """Hold a fact; `object` is a key, or '' where `place` holds the piece of text that it is."""

    relation: str
    subject: str
    object: str
    modality: str
    evidence: Span
    optional: bool = False
    ended: bool = False
    by: str = ""
    place: Span | None = None
    slots: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """Hold an article with all that is marked in it."""

    name: str
    lang: str
    text: str
    things: tuple[Thing, ...]
    marks: tuple[Mark, ...]
    facts: tuple[MarkedFact, ...]
    published: str = ""


def read_corpus(folders: Iterable[Path]) -> Iterator[MarkedArticle]:
    """Read all `.ann` files of some folders, in the order of their names; a file is read alone."""
    for folder in folders:
        files = [folder] if folder.is_file() else sorted(folder.glob("*.ann"))
        if not files:
            raise DataError(f"{folder}: no article ends in .ann; give a folder of marked articles")
        yield from map(read_article, files)


def read_article(path: Path) -> MarkedArticle:
    """Read one marked article; raise DataError with file and line for what is not of the form."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {tell_fault(error)}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not in UTF-8; save it in that encoding") from error
    rules = [number for number, line in enumerate(lines) if line == "---"]
    if len(rules) != 3:
        raise DataError(f"{path}: {len(rules)} lines '---' between its parts; write three")
    head = dict(line.split(": ", 1) for line in lines[: rules[0]] if ": " in line)
    marked = "\n".join(lines[rules[0] + 1 : rules[1]])
    lead = len(marked) - len(marked.lstrip("\n"))
    fault = _Place(path, rules[0] + 2 + lead)
    body = marked.strip("\n")
    text, marks = read_marks(
        body if re.search(r"(?<!\\)(?:\\\\)*\\\.\Z", body) else f"{body}\n", fault
    )
    things = tuple(
        _read_thing(line.strip(), _Place(path, rules[1] + 2 + index))
        for index, line in enumerate(lines[rules[1] + 1 : rules[2]])
        if line.strip()
    )
    _check_keys(things, marks, fault)
    known = {thing.key for thing in things}
    facts = tuple(
        _read_fact(line.strip(), text, _Place(path, rules[2] + 2 + index, known))
        for index, line in enumerate(lines[rules[2] + 1 :])
        if line.strip()
    )
    lang, published = head.get("lang", "fr"), head.get("date", "")
    return MarkedArticle(path.stem, lang, text, things, marks, facts, published)


@dataclass(frozen=True, slots=True)
class _Place:
    """Hold where a line stands, for faults, and the keys declared above it."""

    path: Path
    line: int
    known: frozenset[str] | set[str] = frozenset()

    def fault(self, what: str, *, below: int = 0) -> DataError:
        return DataError(f"{self.path}:{self.line + below}: {what}")


def read_marks(marked: str, place: _Place) -> tuple[str, tuple[Mark, ...]]:
    """Return the plain text of a marked one, and its mentions in order."""
    plain: list[str] = []
    opened: list[int] = []
    marks: list[Mark] = []
    index = 0
    while index < len(marked):
        char = marked[index]
        if char == "\\" and marked[index + 1 : index + 2] in ESCAPES:
            plain += ESCAPES[marked[index + 1]]
            index += 1
        elif char == "[":
            opened.append(len(plain))
        elif char == "|" and opened:
            match = _MARK.match(marked, index + 1)
            if not match or marked[match.end() : match.end() + 1] != "]":
                raise place.fault("a mark ends like |o1] or |o1+o2*]", below=plain.count("\n"))
            begin, named = opened.pop(), not match[2]
            marks += [Mark(begin, len(plain), key, named) for key in match[1].split("+")]
            index = match.end()
        elif char == "]":
            raise place.fault("a ] without its |id before it", below=plain.count("\n"))
        else:
            plain.append(char)
        index += 1
    if opened:
        raise place.fault("a [ is never closed", below="".join(plain[: opened[0]]).count("\n"))
    order = sorted(marks, key=lambda m: (m.begin, m.end, m.key))
    return "".join(plain), tuple(order)


def _read_thing(line: str, place: _Place) -> Thing:
    match = _ENTITY.fullmatch(line)
    if not match or match[3] not in CLASSES or (match[4] or CLASSES[0]) not in CLASSES:
        raise place.fault(f"a thing is 'o1 Class Name', its class one of {', '.join(CLASSES)}")
    classes = (match[3], match[4]) if match[4] else (match[3],)
    return Thing(match[2], classes, match[5], bool(match[1]))


def _check_keys(things: tuple[Thing, ...], marks: tuple[Mark, ...], place: _Place) -> None:
    declared = [thing.key for thing in things]
    for key in sorted({mark.key for mark in marks} ^ set(declared)):
        said = "declared and marked nowhere" if key in declared else "marked and never declared"
        raise place.fault(f"{key} is {said}")
    if len(set(declared)) != len(declared):
        raise place.fault("a thing is declared twice")


def _read_fact(line: str, text: str, place: _Place) -> MarkedFact:
    parts = [(key, value) for key, value in _PART.findall(line.removeprefix("?"))]
    plain = [value for key, value in parts if not key]
    more = {key: unquote(value) for key, value in parts if key}
    if len(plain) != 5 or plain[0] not in INDEX or plain[3] not in MODALITIES:
        raise place.fault("a fact is 'relation subject object modality \"evidence\" key=value…'")
    if unknown := sorted(set(more) - {*SLOTS, "ended"}):
        raise place.fault(f"unknown {', '.join(unknown)}; known are ended, {', '.join(SLOTS)}")
    relation, subject, object, modality, quote = plain
    quote = unquote(quote)
    begin = text.find(quote)
    if begin < 0 or not quote:
        raise place.fault(f"the evidence is not in the text as it stands: {quote!r}")
    evidence = (begin, begin + len(quote))
    ends = {subject, more.get("by", subject)}
    textual = RELATIONS[INDEX[relation]].objects[0] in ("Area", "Figure")
    if missing := sorted((ends if textual else ends | {object}) - place.known):
        raise place.fault(f"{missing[0]} is not declared")
    found = {slot: _locate(slot, more[slot], text, evidence) for slot in SLOTS[1:] if slot in more}
    return MarkedFact(
        relation,
        subject,
        "" if textual else object,
        modality,
        evidence,
        optional=line.startswith("?"),
        ended=more.get("ended") == "true",
        by=more.get("by", ""),
        place=_locate(relation, unquote(object), text, evidence) if textual else None,
        slots={slot: span for slot, span in found.items() if span},
    )


def unquote(value: str) -> str:
    r"""Return what stands between quotes, or a value without them as it is.

    >>> print(unquote(r'"dit \"oui\""'))
    dit "oui"
    """
    if not value.startswith('"'):
        return value
    return _ESCAPE.sub(lambda found: ESCAPES.get(found[1], found[1]), value[1:-1])


def _locate(what: str, value: str, text: str, evidence: Span) -> Span | None:
    """Return where a value stands: inside the evidence if it can be, else next to it."""
    if what in ("share", "marketShare"):
        number = read_percent(value)
        spans = [
            (figure.begin, figure.end)
            for figure in find_figures(text)
            if figure.kind == "percent" and read_percent(text[figure.begin : figure.end]) == number
        ]
    elif what == "rank":
        pattern = _ranked(value)
        spans = [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]
    else:
        wordings = [wording.strip() for wording in value.split(" / ")]
        spans = [m.span() for w in wordings if w for m in re.finditer(re.escape(w), text)]
    far = {s: max(0, evidence[0] - s[0], s[1] - evidence[1]) for s in spans}
    best = min(far, key=lambda span: (far[span], span), default=None)
    return best if best and (far[best] <= NEAR or what == "cooperatesIn") else None


def _ranked(value: str) -> str:
    words = {
        "1": r"\bpremi(?:er|ère)\b|\bfirst\b|\bleader\b|numéro un\b",
        "2": r"\bdeuxième\b|\bseconde?\b|\bsecond\b|numéro deux\b",
        "3": r"\btroisième\b|\bthird\b|numéro trois\b",
    }
    told = words.get(value, "(?!)")
    return rf"{told}|(?:n[°o]|numéro|number)\s?{value}\b|\b{value}(?:e|er|ère|ème|st|nd|rd|th)\b"
