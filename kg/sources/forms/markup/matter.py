"""Front matter: what some write above a text of it, in YAML or in TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping

from kg.sources.details import field_of, plain_field

#: What stands between two lines of dashes or of plus signs at a text's beginning.
END = r"[ \t]*(?:\r*\n|\r|\Z)"
YAML, TOML = (
    re.compile(rf"\A\s*{sign}{END}(?P<lines>.*?)(?<=[\r\n])(?:{last}){END}", re.DOTALL)
    for sign, last in (("---", r"---|\.\.\."), (r"\+{3}", r"\+{3}"))
)
HEADED = re.compile(rb"(?:\xef\xbb\xbf)?(?:---|\+{3})[ \t]*[\r\n]")
FIELD = re.compile(r"^(?P<name>[\w -]+?)\s*:\s*(?P<value>.*)$")
ITEM = re.compile(r"\s*-\s+(?:name:\s*)?(?P<value>.*)")
MORE = re.compile(r"\s+(?P<value>\S.*)")
#: The name of a field as programs write it, and characters of the longest front matter.
KEY = re.compile(r"[a-z][A-Za-z0-9_-]*")
LONGEST = 100_000


def is_headed(head: bytes) -> bool:
    r"""Tell whether a file's first bytes may open a front matter.

    >>> is_headed(b"+++\ntitle = 'Fusion'"), is_headed(b"+++ Fusion")
    (True, False)
    """
    return HEADED.match(head) is not None


def split_matter(
    text: str, tell: Callable[[str], None] = lambda _: None
) -> tuple[dict[str, str], str]:
    r"""Return the fields of a text's front matter, and the text after it.

    What is no front matter is text; of one in TOML with a fault, `tell` is called with that.

    >>> split_matter("+++\ntitle = 'Fusion'\n+++\nUn accord.")
    ({'title': 'Fusion'}, 'Un accord.')
    """
    found = YAML.match(text)
    if found and (fields := read_yaml(found["lines"])):
        return fields, text[found.end() :]
    found = TOML.match(text)
    if found is None or len(found["lines"]) > LONGEST:
        return {}, text
    try:
        told = read_toml(found["lines"])
    except (ValueError, RecursionError) as error:
        if re.search(r"^[\w-]+\s*=", found["lines"], re.MULTILINE):
            why = " ".join(str(error).split())[:100]
            tell(f"what stands between +++ is no TOML and read as text: {why}")
        return {}, text
    return told, text[found.end() :]


def read_toml(lines: str) -> dict[str, str]:
    r"""Return the fields of a front matter in TOML, but for tables; raise ValueError.

    >>> read_toml("title = 'Fusion'\ndate = 2024-03-12\n[params]\ntitle = 'Autre'")
    {'title': 'Fusion', 'date': '2024-03-12'}
    """
    told = tomllib.loads(re.sub(r"\r+\n?", "\n", lines))
    return {name: plain_field(it) for name, it in told.items() if not isinstance(it, Mapping)}


def read_yaml(lines: str) -> dict[str, str]:
    r"""Return the fields of a front matter in YAML, {} for what is a text between two rules.

    >>> read_yaml("title: 'Fusion'\nauthor:\n- Irène\n- Paul")
    {'title': 'Fusion', 'author': 'Irène, Paul'}
    >>> read_yaml("Fusion : un accord\nLe groupe signe.")
    {}
    """
    fields: dict[str, str] = {}
    name = ""
    for line in lines.splitlines():
        item, more = ITEM.match(line), MORE.match(line)
        if item and name:
            words = item["value"].strip(" '\"")
            fields[name] = ", ".join(filter(None, (fields[name], words)))
        elif (field := FIELD.match(line)) and not (more and name):
            name = field["name"].strip()
            fields[name] = re.sub(r"^[>|][+-]?\s*$", "", field["value"].strip(" '\"[]"))
        elif more and name:
            if not FIELD.match(more["value"]):
                fields[name] = f"{fields[name]} {more['value'].strip()}".strip()
        elif line.strip() and not line.startswith("#"):
            return {}
    known = any(map(field_of, fields)) or all(map(KEY.fullmatch, fields))
    return fields if known else {}
