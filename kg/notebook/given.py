"""What somebody gives to be read in Python: files, texts, articles, records, or many of them."""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.model import Article
from kg.sources.articles import Found, find_labelled, read_source
from kg.sources.source import Options, make_source

#: One thing to read: a file, folder or address, a text, an article, or a record of a table.
One = str | os.PathLike[str] | Article | Mapping[str, Any]
#: What may be given: one of them, several, or pandas' DataFrame, whose rows are records.
Given = One | Iterable[One]
#: How a file's or a folder's name ends, and no sentence.
NAME_END = re.compile(r"\.[A-Za-z]\w{1,6}$|[/\\]$")


def find_given(given: Given, options: Options) -> Iterator[tuple[str, Found]]:
    r"""Yield the articles of what is given, each with what messages call it, in the given order.

    >>> [one.name for _, one in find_given(["Hexo rachète Nordil.\n"], Options())]
    ['text']
    """
    for kind, group in groupby(list_given(given), key=kind_of):
        if kind == "file":
            yield from find_labelled([os.fspath(it) for it in group], options)  # type: ignore[arg-type]
        elif kind == "article":
            yield from (("", it) for it in group if isinstance(it, Article))
        elif kind == "record":
            lines = (json.dumps(it, ensure_ascii=False, default=str) for it in group)
            yield from read_held("\n".join(lines), ("record", "", ".jsonl"), options)
        else:
            for it in group:
                yield from read_held(str(it), ("text", "", ""), options)


def list_given(given: Given) -> list[One]:
    """List what is given; the rows of a DataFrame are records, without their empty cells.

    >>> list_given("news.txt"), list_given(["a.txt", "b.txt"])
    (['news.txt'], ['a.txt', 'b.txt'])
    """
    if isinstance(given, str | os.PathLike | Article | Mapping):
        return [given]
    if hasattr(given, "to_json") and hasattr(given, "columns"):
        rows = given.to_json(orient="records", date_format="iso", force_ascii=False)
        return [{k: v for k, v in row.items() if v is not None} for row in json.loads(rows)]
    return list(given)


def kind_of(one: One) -> str:
    """Tell whether something to read is a file, a text, an article or a record.

    >>> [kind_of(it) for it in ("news.fr.txt", "Hexo rachète Nordil", Article("a", "Hexo"))]
    ['file', 'text', 'article']
    """
    if isinstance(one, Article):
        return "article"
    if isinstance(one, Mapping):
        return "record"
    if isinstance(one, str):
        return "text" if is_text(one) else "file"
    if isinstance(one, os.PathLike):
        return "file"
    told = "give a file, a folder, a text, an article, a record or a list of these"
    raise DataError(f"{one!r}: nothing to read; {told}"[:300])


def is_text(given: str) -> bool:
    r"""Tell whether a string is a text: several lines, or three words that name no file.

    >>> [is_text(it) for it in ("a.txt", "Les affaires.pdf", "Hexo achète Nordil", "Hexo.\n")]
    [False, False, True, True]
    """
    if not given.strip():
        raise DataError("an empty text; give a file, a folder or a text")
    if "\n" in given or len(given) > 1000:
        return True
    return len(given.split()) > 2 and not NAME_END.search(given) and not Path(given).exists()


def read_held(
    text: str, named: tuple[str, str, str], options: Options
) -> Iterator[tuple[str, Found]]:
    """Yield the articles of a text that no file holds, in any form, under a name."""
    options = replace(options, encoding="utf-8")
    stream = io.BytesIO(text.encode("utf-8", "replace"))
    label = named[0]
    for found in read_source(make_source(label, named, stream, options)):
        yield label, found
