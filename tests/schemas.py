"""As much of JSON Schema as our schema and the Reconciliation API's use."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

KINDS: dict[str, Any] = {
    "object": dict, "array": list, "string": str, "number": (int, float), "integer": int,
    "boolean": bool, "null": type(None),
}  # fmt: skip
#: Words of a schema that say nothing of what fits it.
SILENT = {"$schema", "$id", "title", "description", "definitions", "format"}


class Schema:
    """Hold a schema's file: what it says of a value is told by `faults`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.whole = json.loads(path.read_text(encoding="utf-8"))

    def faults(self, value: Any) -> list[str]:
        return list(self.check(value, self.whole, "$"))

    def check(self, value: Any, schema: Any, at: str) -> Iterator[str]:
        for word, told in schema.items():
            if word not in SILENT:
                yield from getattr(self, f"is_{word.strip('$').lower()}")(value, told, schema, at)

    def fits(self, value: Any, schema: Any, at: str) -> bool:
        return not list(self.check(value, schema, at))

    def is_type(self, value: Any, told: str, schema: Any, at: str) -> Iterator[str]:
        if not isinstance(value, KINDS[told]) or (isinstance(value, bool) and told != "boolean"):
            yield f"{at}: no {told}"

    def is_required(self, value: Any, told: list[str], schema: Any, at: str) -> Iterator[str]:
        if isinstance(value, dict):
            yield from (f"{at}: no {name}" for name in told if name not in value)

    def is_properties(self, value: Any, told: Any, schema: Any, at: str) -> Iterator[str]:
        for name in told if isinstance(value, dict) else ():
            if name in value:
                yield from self.check(value[name], told[name], f"{at}.{name}")

    def is_patternproperties(self, value: Any, told: Any, schema: Any, at: str) -> Iterator[str]:
        for pattern, inner in told.items() if isinstance(value, dict) else ():
            for name in value:
                if re.search(pattern, name):
                    yield from self.check(value[name], inner, f"{at}.{name}")

    def is_additionalproperties(self, value: Any, told: Any, schema: Any, at: str) -> Iterator[str]:
        assert told is False
        if isinstance(value, dict):
            yield from (
                f"{at}: {n} is no word" for n in value if n not in schema.get("properties", ())
            )

    def is_items(self, value: Any, told: Any, schema: Any, at: str) -> Iterator[str]:
        for place, item in enumerate(value if isinstance(value, list) else ()):
            yield from self.check(item, told, f"{at}[{place}]")

    def is_contains(self, value: Any, told: Any, schema: Any, at: str) -> Iterator[str]:
        if isinstance(value, list) and not any(self.fits(item, told, at) for item in value):
            yield f"{at}: none of what it is to contain"

    def is_minitems(self, value: Any, told: int, schema: Any, at: str) -> Iterator[str]:
        if isinstance(value, list) and len(value) < told:
            yield f"{at}: fewer than {told}"

    def is_uniqueitems(self, value: Any, told: bool, schema: Any, at: str) -> Iterator[str]:
        texts = [json.dumps(item, sort_keys=True) for item in value]
        if len({*texts}) < len(texts):
            yield f"{at}: the same twice"

    def is_minimum(self, value: Any, told: float, schema: Any, at: str) -> Iterator[str]:
        if value < told:
            yield f"{at}: below {told}"

    def is_maximum(self, value: Any, told: float, schema: Any, at: str) -> Iterator[str]:
        if value > told:
            yield f"{at}: above {told}"

    def is_enum(self, value: Any, told: list[Any], schema: Any, at: str) -> Iterator[str]:
        if value not in told:
            yield f"{at}: none of {told}"

    def is_pattern(self, value: Any, told: str, schema: Any, at: str) -> Iterator[str]:
        if isinstance(value, str) and not re.search(told, value):
            yield f"{at}: not like {told}"

    def is_oneof(self, value: Any, told: list[Any], schema: Any, at: str) -> Iterator[str]:
        if sum(self.fits(value, one, at) for one in told) != 1:
            yield f"{at}: not one of what it may be"

    def is_anyof(self, value: Any, told: list[Any], schema: Any, at: str) -> Iterator[str]:
        if not any(self.fits(value, one, at) for one in told):
            yield f"{at}: nothing of what it may be"

    def is_ref(self, value: Any, told: str, schema: Any, at: str) -> Iterator[str]:
        name, _, way = told.partition("#")
        if name.startswith("http"):  # the description of passwords is another's
            if not isinstance(value, dict) or value.get("type") not in (
                "apiKey",
                "basic",
                "oauth2",
            ):
                yield f"{at}: no such way to ask who it is"
            return
        other = Schema(self.path.with_name(name)) if name else self
        inner = other.whole
        for step in way.strip("/").split("/") if way else ():
            inner = inner[step]
        yield from other.check(value, inner, at)
