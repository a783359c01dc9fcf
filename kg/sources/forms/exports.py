"""Exports of press databases: the articles in one text told apart, with what their heads say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg.names.key import fold
from kg.sources.datelines import read_date
from kg.sources.language import read_code
from kg.sources.source import Draft

#: Lines that only such exports have: what ends an article, and what begins one.
END = re.compile(
    r"^[ \t]*(?:(?:AN[ \t]+)?Document [A-Z][A-Z0-9]+(?:19|20)\d{6}[a-z0-9]{6,14}|End of Document"
    r"|[a-z]{3,8}·(?:19|20)\d{6}·[\w·-]+)[ \t]*\r?$",
    re.MULTILINE,
)
BEGIN = re.compile(
    r"^[ \t]*(?:document )?\d{1,4} (?:of|de|sur) \d{1,4} documents?[ \t]*\r?$", re.I | re.M
)
#: What follows the last article.
TAIL = re.compile(r"\W*(?:search summary|récapitulatif|résumé de la recherche|©|\Z)", re.I)
CODE = re.compile(r"(?P<name>[A-Z]{2,3}) {1,8}\s*(?P<value>\S.*)")
CODES = frozenset(
    "SE HD CR BY WC PD ET SN SC ED PG VOL LA CY LP TD CT RF CO IN NS RE IPC IPD PUB AN ART CX DE "
    "CLM NP".split()
)
LABEL = re.compile(r"(?P<name>[A-Z][A-Za-z-]{3,20}) ?: ?(?P<value>.*)")
#: Labels that stand above an article's text; others stand below it.
ABOVE = frozenset("section length byline headline dateline body edition".split())
BELOW = frozenset(
    "LOAD-DATE Load-Date Classification LANGUAGE PUBLICATION-TYPE GRAPHIC SUBJECT GEOGRAPHIC "
    "COMPANY JOURNAL-CODE INDUSTRY ORGANIZATION TICKER COUNTRY STATE CITY ACC-NO".split()
)
WORDS = re.compile(r"\d[\d.,\s]* (?:mots|words)", re.IGNORECASE)
RIGHTS = re.compile(r"(?:copyright\b|©|\(c\) ).*", re.IGNORECASE)
CLOCK = re.compile(r"\d\d?[:h]\d\d.{0,8}")
NUMBER = re.compile(r",? n[o°]\b| • |, (?=\w+ \d|\d)")
#: What stands above the publisher's name in some exports.
NAMED = "Nom de la source"
BY = re.compile(r"^(?:by|par)\s+", re.IGNORECASE)


@dataclass(slots=True)
class Export:
    """Hold an article of an export: what its head says, and the lines of its text."""

    fields: dict[str, str] = field(default_factory=dict)
    body: Sequence[str] = ()


def part_export(draft: Draft, name: str) -> Iterator[Draft]:
    r"""Yield the articles of a press database's export; any other draft as it is.

    >>> one = "Fusion\n9 mots\n12 mars 2024\nLes Echos\nECHOS\nCopyright X\n\nUn accord.\n"
    >>> [it.source for it in part_export(Draft(one + "Document ECHOS00020240312ek3c0001u"), "a")]
    ['Les Echos']
    """
    parts = list(split_export(draft.text))
    read = [(part, read_part(part)) for part in parts]
    if not any(export for _, export in read):
        yield draft
        return
    for at, (part, export) in enumerate(read, 1):
        key = f"{draft.key or name}-{at}" if len(read) > 1 else draft.key
        if export is None:
            yield replace(draft, text=part, title="", key=key)
            continue
        title, body = export.fields.get("title", ""), "\n".join(export.body).strip("\n")
        text = f"{title}\n\n{body}" if title and body else title or body
        yield replace(draft, **{"title": "", **export.fields}, text=text, key=key)


def split_export(text: str) -> Iterator[str]:
    """Yield the parts of a text that marks of exports begin or end; nothing without marks."""
    if begins := [found.end() for found in BEGIN.finditer(text)]:
        places = [*begins, len(text)]
        parts = [BEGIN.sub("", text[one:two]) for one, two in pairwise(places)]
    elif ends := [found.end() for found in END.finditer(text)]:
        parts = [text[one:two] for one, two in pairwise([0, *ends])]
        if TAIL.match(text, ends[-1]) is None:
            parts.append(text[ends[-1] :])
    else:
        return
    yield from (part for part in parts if re.search(r"\w", part))


def read_part(text: str) -> Export | None:
    """Return what a part of an export says, None for what has the form of none."""
    lines = [line.strip("\r\x0c \t") for line in END.sub("", text).split("\n")]
    told = [at for at, line in enumerate(lines) if line]
    if not told:
        return None
    for read in (read_codes, read_labels, read_counted, read_dated):
        if (export := read(lines, told)) and any(export.body):
            export.fields = {what: value for what, value in export.fields.items() if value}
            return export
    return None


def read_codes(lines: Sequence[str], told: Sequence[int]) -> Export | None:
    """Read an article of coded lines: 'HD' its headline, 'LP' and 'TD' its text."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        code = CODE.match(line)
        if line in CODES or (code and code["name"] in CODES and code["name"] not in found):
            name = code["name"] if code else line
            found[name] = [code["value"]] if code else []
        elif name:
            found[name].append(line)
    if not {"HD", "PD"} <= set(found):
        return None
    one = {code: " ".join(" ".join(value).split()) for code, value in found.items()}
    fields = {
        "title": one["HD"], "published": one["PD"], "source": one.get("SN", ""),
        "author": BY.sub("", one.get("BY", "")), "lang": read_code(one.get("LA", "")),
    }  # fmt: skip
    return Export(fields, [*found.get("LP", ()), "", *found.get("TD", ())])


def read_labels(lines: Sequence[str], told: Sequence[int]) -> Export | None:
    """Read an article with labelled lines: 'LENGTH: 145 words', 'Byline: …', 'Load-Date: …'."""
    found: dict[str, str] = {}
    last = 0
    for at in told:
        label = LABEL.match(lines[at])
        name = label["name"].lower() if label else lines[at].lower()
        if name in ABOVE and (label or name == "body"):
            found.setdefault(name, label["value"] if label else "")
            last = at
            if name == "body":
                break
    if "length" not in found:
        return None
    under = [at for at in told if at > last]
    below = [at for at in under if lines[at].partition(":")[0].strip() in BELOW]
    rights = [at for at in under if RIGHTS.fullmatch(lines[at])]
    end = min(below) if below else max(rights, default=len(lines))
    head = [lines[at] for at in told if at < last and not LABEL.match(lines[at])]
    head = [line for line in head if not RIGHTS.match(line)]
    dated = next((at for at, line in enumerate(head) if len(line) < 60 and is_dated(line)), -1)
    if dated < 0:
        return None
    # The headline stands first where the text is announced, else below the date.
    first = "body" in found
    title = head[0] if first else " ".join(head[dated + 1 :])
    fields = {
        "title": found.get("headline") or title, "published": read_date(head[dated]),
        "source": head[min(1, dated - 1)] if first else head[0] if dated else "",
        "author": BY.sub("", found.get("byline", "")),
    }  # fmt: skip
    return Export(fields, lines[last + 1 : end])


def read_counted(lines: Sequence[str], told: Sequence[int]) -> Export | None:
    """Read an article whose head counts its words, then tells its date and its publisher."""
    counted = next((it for it, at in enumerate(told[:12]) if WORDS.fullmatch(lines[at])), None)
    if not counted:
        return None
    above = [lines[at] for at in told[:counted]]
    if len(above) > 1 and is_section(*above[:2]):
        del above[0]
    begin, below = len(lines), list[str]()
    for at in told[counted + 1 : counted + 14]:
        if RIGHTS.match(lines[at]) or len(lines[at]) > 100:
            begin = at
            break
        below.append(lines[at])
    if begin == len(lines):
        return None
    while RIGHTS.match(lines[begin]) and begin + 1 < len(lines) and lines[begin + 1]:
        begin += 1  # a notice of rights may have several lines
    dated = next((at for at, line in enumerate(below) if is_dated(line)), -1)
    names = [line for line in below[dated + 1 :] if not CLOCK.fullmatch(line)]
    langs = list(filter(None, (read_code(fold(line)) or read_code(line) for line in below)))
    fields = {
        "title": above[0], "published": read_date(below[dated]) if dated >= 0 else "",
        "source": names[0] if names else "", "author": BY.sub("", ", ".join(above[1:])),
        "lang": langs[-1] if langs else "",
    }  # fmt: skip
    return Export(fields, lines[begin + bool(RIGHTS.match(lines[begin]) or not lines[begin]) :])


def is_dated(line: str) -> bool:
    """Tell whether a line tells a day or a month: one that names but a year may be a headline.

    >>> is_dated("mars 2024"), is_dated("Printemps 2024")
    (True, False)
    """
    return len(read_date(line)) > len("2024")


def is_section(line: str, following: str) -> bool:
    """Tell whether a line names a section above a headline.

    >>> is_section("Entreprises", "Vernolle rachète Hydréol"), is_section("Fusion", "Irène Sablon")
    (True, False)
    """
    words = following.split()
    small = any(word[0].islower() for word in words)
    return len(line.split()) <= 2 and len(words) > 2 and small and not BY.match(following)


def read_dated(lines: Sequence[str], told: Sequence[int]) -> Export | None:
    """Read an article below its publisher and a line that tells its date and its page."""
    told = [at for at in told if re.search(r"[^\W_]", lines[at])]
    first = [it for it, at in enumerate(told[:14]) if len(lines[at]) < 160 and is_dated(lines[at])]
    if not first or len(told) < first[0] + 3:
        return None
    dated = first[0]
    source = lines[told[1]] if lines[told[0]] == NAMED else NUMBER.split(lines[told[0]])[0]
    below = dated
    while below + 3 < len(told) and " • " in lines[told[below + 1]]:
        below += 1
    title, rest = lines[told[below + 1]], told[below + 2 :]
    author = lines[rest[0]]
    named = len(author.split()) <= 8 and not author.endswith((".", "?", "!", "»"))
    end = next((at for at in reversed(rest) if RIGHTS.match(lines[at])), len(lines))
    fields = {
        "title": title, "published": read_date(lines[told[dated]]),
        "source": source,
        "author": BY.sub("", author) if named else "",
    }  # fmt: skip
    return Export(fields, lines[rest[0] + named : end])
