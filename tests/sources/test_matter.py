"""Front matter in YAML and in TOML tells of an article; what is none stays its text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article
from kg.sources.articles import find_articles
from kg.sources.forms.markup.matter import split_matter
from kg.sources.source import Options

BODY = "Le groupe Solvéra rachète la société Hydréol.\n\nIl paie 20 millions d'euros.\n"
YAML = """---
title: "Fusion : un accord"
date: 2024-03-12
author: [Irène Sablon, Paul Roc]
publisher: La Gazette
address: https://gazette.example/a
lang: fr
params:
  title: Autre
---
"""
TOML = """+++
# Un fichier de Hugo
title = "Fusion : un accord"
date = 2024-03-12T10:00:00+01:00
authors = ["Irène Sablon", "Paul Roc"]
publisher = "La Gazette"
address = "https://gazette.example/a"
lang = "fr"
draft = false
weight = 0xffffffffffffffffffffffffffff
[params]
title = "Autre"
+++
"""


def find(path: Path, content: str) -> tuple[Article, list[str]]:
    """Return the one article of a file, and what is told of it."""
    notes: list[str] = []
    path.write_bytes(content.encode())
    (one,) = find_articles([path], Options(note=notes.append))
    assert isinstance(one, Article), one
    return one, notes


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("matter", [YAML, TOML, "\n" + TOML, "\ufeff" + YAML])
@pytest.mark.parametrize("name", ["a.md", "a.txt", "a"])
def test_front_matter_tells_of_an_article(tmp_path: Path, name: str, matter: str, end: str) -> None:
    if name == "a" and matter.startswith("\n"):
        pytest.skip("what has no ending is told by its first bytes")
    one, notes = find(tmp_path / name, (matter + BODY).replace("\n", end))
    assert one.text.split() == BODY.split()
    assert (one.title, one.published, one.source, one.author, one.url, one.lang, notes) == (
        "Fusion : un accord", "2024-03-12", "La Gazette", "Irène Sablon, Paul Roc",
        "https://gazette.example/a", "fr", [],
    )  # fmt: skip


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('title = "Fusion\ndate = 2024-03-12', True),
        ("title = Fusion", True),
        (f"x = {'[' * 5000}", True),
        ("Solvéra rachète Hydréol\nNordil signe", False),
        ("Lyon : un accord", False),
    ],
)
def test_wrong_toml_loses_nothing(tmp_path: Path, name: str, lines: str, told: bool) -> None:
    one, notes = find(tmp_path / name, f"+++\n{lines}\n+++\n{BODY}")
    assert all(word in one.text for word in f"{lines} {BODY}".split())
    assert len(notes) == told and all("no TOML and read as text" in line for line in notes)


@pytest.mark.parametrize(
    "text",
    [
        f"---\nLyon : un accord\nParis : un autre\n---\n{BODY}",
        f"---\nSolvéra rachète Hydréol\nDate : 2024\n---\n{BODY}",
        f"---\ntitle: Fusion\n\n{BODY}",
        f"+++\ntitle = 'Fusion'\n\n{BODY}",
        f"+++ {BODY}",
        BODY,
    ],
)
def test_a_text_between_rules_is_no_front_matter(text: str) -> None:
    assert split_matter(text) == ({}, text)


@given(st.text("+-\n\r ab='\"[]{}.:1", max_size=60), st.sampled_from(("+++", "---")))
def test_whatever_stands_there_the_text_below_is_kept(lines: str, sign: str) -> None:
    fields, rest = split_matter(f"{sign}\n{lines}\n{sign}\n{BODY}")
    assert rest.endswith(BODY) and all(isinstance(it, str) for it in fields.values())
