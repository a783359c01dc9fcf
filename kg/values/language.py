"""The only reader of `lang/*.toml`: how a language writes figures and dates, places, agreements."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from kg.errors import ArticleError, DataError
from kg.names.key import fold

FOLDER = Path(__file__).parent / "lang"
#: Entry of the places' table → class; the other entries are plain places.
PLACE_KINDS = {"countries": "Country", "cities": "City"}


@dataclass(frozen=True, eq=False)
class Language:
    """Hold a language's words, by table and entry as they stand in its file."""

    code: str
    tables: Mapping[str, Any]

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


def known_languages() -> tuple[str, ...]:
    """Return the codes of the languages that can be read.

    >>> known_languages()
    ('en', 'fr')
    """
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def load_language(code: str) -> Language:
    """Read a language's words, once; raise ArticleError for a language without a file.

    >>> load_language("fr").places["maroc"]
    ('Maroc', 'Country')
    """
    if code not in known_languages():
        raise ArticleError(f"unknown language '{code}'; known: {', '.join(known_languages())}")
    path = FOLDER / f"{code}.toml"
    try:
        return Language(code, tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"lang/{code}.toml: {error}") from error
