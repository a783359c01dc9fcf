"""What clients ask: batches of names to match, and properties to extend a table by."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from kg import ontology
from kg.errors import QueryError

#: Names that a batch may ask about, and rows that may be extended at once.
BATCH, ROWS = 500, 5_000
#: Candidates of a name: at most, and where a client does not say.
MOST, USUAL = 100, 10
Strict = Literal["any", "should", "all"]
#: Terms of a query; any other is refused, as the API has it.
TERMS = ("query", "type", "limit", "properties", "type_strict")


@dataclass(frozen=True, slots=True)
class Value:
    """Hold a value that a property is to have: a text, or a thing by its id."""

    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """Hold one question: a name, classes, how many candidates, values of properties."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    limit: int = USUAL
    properties: tuple[tuple[str, tuple[Value, ...]], ...] = ()
    strict: Strict = "any"


@dataclass(frozen=True, slots=True)
class Extension:
    """Hold which properties of which things are asked for, each with how many values at most."""

    ids: tuple[str, ...]
    properties: tuple[tuple[str, int], ...]


def read_batch(text: str) -> dict[str, Query]:
    """Read a batch of queries; raise QueryError that says what is wrong with which of them.

    >>> read_batch('{"q0": {"query": "Saft", "type": "Company"}}')["q0"].kinds
    ('Company',)
    """
    told = read_object(text, "queries")
    if len(told) > BATCH:
        raise QueryError(f"{len(told)} queries at once; send {BATCH} at most")
    return {name: read_query(name, query) for name, query in told.items()}


def read_object(text: str, what: str) -> dict[str, Any]:
    """Read a JSON object; raise QueryError for anything else."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise QueryError(f"'{what}' is no JSON: {error}") from error
    found: dict[str, Any] = check(told, dict, f"'{what}' is no JSON object")
    return found


def check(value: object, kind: type | tuple[type, ...], fault: str) -> Any:
    """Return a value of a kind; raise QueryError with a fault for any other."""
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise QueryError(fault)
    return value


def read_query(name: str, told: object) -> Query:
    """Read one query; raise QueryError."""
    query = check(told, dict, f"{name}: no object")
    if other := sorted(query.keys() - {*TERMS}):
        raise QueryError(f"{name}: '{other[0]}' is none of {', '.join(TERMS)}")
    text = check(query.get("query", ""), str, f"{name}: 'query' is no text")
    properties = check(query.get("properties", []), list, f"{name}: 'properties' is no list")
    if "query" not in query and not properties:
        raise QueryError(f"{name}: neither 'query' nor 'properties'")
    limit = check(query.get("limit", USUAL), (int, float), f"{name}: 'limit' is no number")
    kinds = query.get("type", [])
    kinds = check([kinds] if isinstance(kinds, str) else kinds, list, f"{name}: 'type' is no list")
    strict = query.get("type_strict", "any")
    if strict not in get_args(Strict):
        raise QueryError(f"{name}: 'type_strict' is none of {', '.join(get_args(Strict))}")
    return Query(
        " ".join(text.split()),
        tuple(short_id(check(kind, str, f"{name}: a type is no text")) for kind in kinds if kind),
        int(min(max(limit, 1), MOST)) if limit == limit else USUAL,
        tuple(read_property(name, it) for it in properties),
        cast(Strict, strict),
    )


def read_property(name: str, told: object) -> tuple[str, tuple[Value, ...]]:
    """Read a property and its values; raise QueryError."""
    given = check(told, dict, f"{name}: a property is no object")
    if not given.keys() >= {"pid", "v"}:
        raise QueryError(f"{name}: a property has 'pid' and 'v'")
    values = given["v"] if isinstance(given["v"], list) else [given["v"]]
    found = tuple(read_value(name, value) for value in values)
    return short_id(check(given["pid"], str, f"{name}: 'pid' is no text")), found


def read_value(name: str, told: object) -> Value:
    """Read a value: a text, a number, a truth or an object with an id; raise QueryError."""
    if isinstance(told, dict):
        number = check(told.get("id"), str, f"{name}: a value is an object without 'id'")
        return Value(str(told.get("name", "")), number)
    if not isinstance(told, str | int | float):
        raise QueryError(f"{name}: a value is no text, number, truth or object")
    return Value(str(told).strip())


def short_id(told: str) -> str:
    """Return the id of a class or property without what the ontology's IRIs begin with.

    >>> short_id("https://w3id.org/pressgraph/ontology#Company"), short_id("kg:siren")
    ('Company', 'siren')
    """
    return told.removeprefix(ontology.KG).removeprefix("kg:")


def read_extension(text: str) -> Extension:
    """Read which properties are asked for; raise QueryError."""
    told = read_object(text, "extend")
    ids = check(told.get("ids"), list, "'extend' has no list 'ids'")
    if len(ids) > ROWS:
        raise QueryError(f"{len(ids)} ids at once; send {ROWS} at most")
    listed = check(told.get("properties"), list, "'extend' has no list 'properties'")
    return Extension(
        tuple(check(it, str, "an id is no text") for it in ids), tuple(read_columns(listed))
    )


def read_columns(listed: list[object]) -> Iterator[tuple[str, int]]:
    """Yield the properties asked for, each with how many values at most (0: all)."""
    for told in listed:
        column = check(told, dict, "a property is no object")
        settings = column.get("settings")
        limit = str(settings.get("limit", "0")) if isinstance(settings, dict) else "0"
        number = int(limit) if limit.isascii() and limit.isdecimal() and len(limit) < 9 else 0
        yield short_id(check(column.get("id"), str, "a property has no 'id'")), number
