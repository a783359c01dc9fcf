"""Readings: read when asked for, kept, sliced, saved; what cannot be read is warned of."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from conftest import TEXT, read_nordil
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.compare import isomorphic

import kg
import kg.reader
from kg.errors import ArticleError, DataError, KgError
from kg.graph.confidence import keep_sure
from kg.model import Article, Reading
from kg.notebook.readings import Readings, read
from kg.who.said.files import load_view


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let a hand-made reader read, and return the names of what it is asked for."""
    names: list[str] = []

    def read_by_hand(article: Article, *, model: str = "") -> Reading:
        names.append(article.name)
        if "illisible" in article.text:
            raise KgError("no words; give a text")
        found = read_nordil(article.name)
        return Reading(article, found.entities, found.facts, found.sentences)

    monkeypatch.setattr(kg.reader, "read", read_by_hand)
    return names


def texts(*names: str) -> list[Article]:
    return [Article(name, TEXT) for name in names]


def test_nothing_is_read_before_it_is_asked_for_and_nothing_twice(asked: list[str]) -> None:
    found = read(texts("a", "b", "c"))
    assert (asked, repr(found)) == ([], "Readings(0 read so far)")
    assert found[0].article.name == "a"
    assert asked == ["a"]
    assert [it.article.name for it in found[:2]] == ["a", "b"]
    assert asked == ["a", "b"]
    assert [it.article.name for it in found] == ["a", "b", "c"]
    assert len(found) == len([*found]) == 3
    assert asked == ["a", "b", "c"]
    assert found[-1].article.name == "c"


def test_two_that_go_through_at_once_see_the_same(asked: list[str]) -> None:
    found = read(texts("a", "b", "c"))
    assert [(x.article.name, y.article.name) for x, y in zip(found, found, strict=True)] == [
        ("a", "a"), ("b", "b"), ("c", "c"),
    ]  # fmt: skip
    assert asked == ["a", "b", "c"]


@given(
    st.integers(0, 5), st.slices(6) | st.integers(-6, 6), st.lists(st.integers(0, 4), max_size=3)
)
def test_readings_are_a_sequence_as_lists_are(
    size: int, at: slice | int, before: list[int]
) -> None:
    whole = [Reading(Article(str(number), "x")) for number in range(size)]
    found = Readings(iter(whole))
    for number in before:  # whatever was asked for before
        if number < size:
            assert found[number] is whole[number]
    try:
        expected = whole[at]
    except IndexError:
        with pytest.raises(IndexError):
            found[at]
        return
    picked = found[at]
    assert ([*picked] if isinstance(picked, Readings) else picked) == expected
    assert [*found] == whole


def test_an_endless_stream_is_read_as_far_as_needed() -> None:
    found = Readings(Reading(Article(str(number), "x")) for number in count())
    assert [it.article.name for it in found[2:8:3]] == ["2", "5"]
    assert "0 facts" in found._repr_html_()


def test_what_cannot_be_read_is_warned_of_and_noted(asked: list[str]) -> None:
    given_ = [*texts("a"), Article("b", "illisible"), *texts("c")]
    found = read(given_)
    with pytest.warns(UserWarning, match=r"skipped.*no words"):
        assert [it.article.name for it in found] == ["a", "c"]
    assert len(found.skipped) == 1
    assert isinstance(found.skipped[0], ArticleError)


def test_strict_raises_at_the_first_and_stays_broken(asked: list[str]) -> None:
    found = read([*texts("a"), Article("b", "illisible"), *texts("c")], strict=True)
    for _ in range(2):
        with pytest.raises(ArticleError, match="no words"):
            len(found)
    assert found[0].article.name == "a"


def test_nothing_that_could_be_read_is_an_error() -> None:
    with pytest.raises(KgError, match=r"rien\.txt: no such file"):
        len(read("rien.txt"))


def test_a_run_that_is_interrupted_says_so_later() -> None:
    def stream() -> Iterator[Reading]:
        yield Reading(Article("a", "x"))
        raise KeyboardInterrupt

    found = Readings(stream())
    with pytest.raises(KeyboardInterrupt):
        len(found)
    with pytest.raises(DataError, match=r"broke off after 1 article; call kg\.read again"):
        len(found)


def test_doubtful_facts_are_left_out(asked: list[str]) -> None:
    (found,) = read(texts("a"), min_confidence=0.95)
    assert found == keep_sure(Reading(found.article, *parts()), 0.95)
    assert len(read(texts("a")).facts) == len(found.facts) + 1


def parts() -> tuple[object, ...]:
    whole = read_nordil("a")
    return whole.entities, whole.facts, whole.sentences


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"lang": "de"}, "lang 'de': not read; give one of"),
        ({"date": "bientôt"}, "date 'bientôt': no date; write it like 2024-03-12"),
    ],
)
def test_wrong_options_are_told_at_once(said: dict[str, str], told: str) -> None:
    with pytest.raises(DataError, match=told):
        read(TEXT, **said)  # type: ignore[arg-type]


def test_options_are_those_of_kg_build() -> None:
    from kg.verbs.articles import build

    own, verb = ({*inspect.signature(it).parameters} for it in (read, build))
    assert own - {"given"} <= verb
    others = {"output", "each", "store", "decisions", "base", "text", "keep", "beside"}
    assert verb - own == {"articles", "skip", "scheduler", *others}


def test_a_table_of_details_is_followed(tmp_path: Path, asked: list[str]) -> None:
    (tmp_path / "a.fr.txt").write_text(TEXT, encoding="utf-8")
    table = tmp_path / "meta.csv"
    table.write_text("file,title,date\na.fr.txt,Un accord,2024-03-12\n", encoding="utf-8")
    (found,) = read(tmp_path, meta=table, publisher="Le Fil")
    article = found.article
    assert (article.title, article.published) == ("Un accord", "2024-03-12")
    assert article.source == "Le Fil"


def test_the_graph_is_that_of_kg_build(tmp_path: Path, asked: list[str]) -> None:
    found = read(texts("a", "b"))
    path = tmp_path / "graph.ttl"
    path.write_text(kg.write_turtle(kg.build_graph(found)), encoding="utf-8")
    built, mine = (Graph() + graph for graph in (load_view(path), found.graph))
    assert isomorphic(built, mine)
    assert found.network.graph["claimed"]
    assert len(found.network) == len(kg.open(path).network)


def test_what_is_saved_is_open_and_saved_again_changes_nothing(
    tmp_path: Path, asked: list[str]
) -> None:
    found = read(texts("a", "b"))
    store = found.save(tmp_path / "news")
    assert repr(store).startswith("Knowledge(2 articles, ")
    before = store.to_pandas("claims")
    again = found.save(tmp_path / "news")
    assert again.to_pandas("claims").equals(before)
    assert [*before["voices"].unique()] == [1]  # two articles of one text are copies


def test_a_notebook_shows_the_first_articles(asked: list[str]) -> None:
    shown = read(texts(*"abcde"))._repr_html_()
    assert shown.count("<h4>") == 3
    assert asked == ["a", "b", "c"]
    assert "The first 3 articles." in shown


@pytest.mark.parametrize("name", ["read", "open", "Readings", "Knowledge"])
def test_to_name_what_reads_loads_no_reader_and_no_pandas(name: str) -> None:
    code = (
        f"import sys, kg; kg.{name}\n"
        "print(sorted({'spacy', 'onnxruntime', 'pandas', 'networkx'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.model
def test_files_and_texts_are_read_by_the_reader_that_ships(tmp_path: Path) -> None:
    sentence = "Le groupe Nordil a racheté Vasco en 2019."
    (tmp_path / "a.fr.txt").write_text(sentence, encoding="utf-8")
    found = kg.read([tmp_path / "a.fr.txt", sentence])
    assert [it.article.text for it in found] == [sentence] * 2
    assert {fact.property for fact in found.facts} >= {"acquired"}
