"""What may be given to be read: files, texts, articles, records, and any mix of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ArticleError, DataError
from kg.model import Article
from kg.notebook.given import find_given, is_text, kind_of, list_given
from kg.sources.source import Options

SENTENCE = "Le groupe Nordil a racheté Vasco pour 12 millions d'euros."


def names(things: object, **said: str) -> list[str]:
    found = find_given(things, Options(**said))  # type: ignore[arg-type]
    return [one.name for _, one in found if isinstance(one, Article)]


def test_things_of_all_kinds_come_in_their_order(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.fr.txt").write_text(SENTENCE, encoding="utf-8")
    mixed = [
        tmp_path / "b.fr.txt", SENTENCE, Article("c", SENTENCE), str(tmp_path / "a.fr.txt"),
        {"id": "d", "text": SENTENCE},
    ]  # fmt: skip
    assert names(mixed) == ["b", "text", "c", "a", "record-d"]
    assert names(iter(mixed)) == names(mixed)
    assert names(tmp_path) == ["a", "b"]


def test_a_text_keeps_every_character() -> None:
    text = f"\n {SENTENCE}\r\n\r\n« Oui »\u00a0! \n"
    ((_, found),) = find_given(text, Options())
    assert isinstance(found, Article)
    assert found.text == text


def test_what_is_said_of_all_files_is_said_of_texts_and_records_too() -> None:
    said = Options(lang="fr", encoding="cp1252", date="2024-03-12", publisher="Le Fil")
    for thing in (SENTENCE, {"texte": SENTENCE}):
        ((_, found),) = find_given(thing, said)
        assert isinstance(found, Article)
        assert (found.text, found.published, found.source) == (SENTENCE, "2024-03-12", "Le Fil")


def test_a_record_has_its_details() -> None:
    record = {
        "titre": "Un rachat",
        "texte": SENTENCE,
        "date": "2016-05-09",
        "url": "https://x.test/1",
    }
    ((_, found),) = find_given(record, Options())
    assert isinstance(found, Article)
    assert (found.title, found.text, found.published) == ("Un rachat", SENTENCE, "2016-05-09")
    assert found.url == "https://x.test/1"


def test_the_field_of_a_text_is_the_one_that_is_named() -> None:
    record = {"texte": SENTENCE, "chapo": "Un autre texte, bien plus long que celui-ci, vraiment."}
    ((_, found),) = find_given(record, Options(text_field="chapo"))
    assert isinstance(found, Article)
    assert found.text.startswith("Un autre")


def test_rows_of_a_frame_are_records_without_empty_cells() -> None:
    import pandas

    day = pandas.Timestamp("2016-05-09")
    frame = pandas.DataFrame(
        {"titre": ["Un rachat", None], "texte": [SENTENCE] * 2, "date": [day, pandas.NaT]}
    )
    found = [one for _, one in find_given(frame, Options())]
    assert [(it.title, it.published) for it in found if isinstance(it, Article)] == [
        ("Un rachat", "2016-05-09"), ("", ""),
    ]  # fmt: skip
    assert names(frame["texte"]) == ["text", "text"]  # a run names them apart


@pytest.mark.parametrize(
    ("string", "text"),
    [
        ("Nordil a racheté Vasco", True),
        ("Nordil.\nVasco.", True),
        ("x" * 2000, True),
        ("articles", False),
        ("mes articles", False),
        ("Le compte rendu de mai.pdf", False),
        ("Tous mes articles/", False),
        ("https://x.test/a", False),
        ("-", False),
    ],
)
def test_a_text_has_three_words_and_names_no_file(string: str, text: bool) -> None:
    assert is_text(string) is text


def test_a_file_may_have_three_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("Compte rendu annuel").write_text(SENTENCE, encoding="utf-8")
    assert names("Compte rendu annuel") == ["Compte rendu annuel"]


def test_a_file_that_is_not_there_is_told() -> None:
    ((_, found),) = find_given("rien.txt", Options())
    assert isinstance(found, ArticleError)
    assert "rien.txt: no such file" in str(found)


@pytest.mark.parametrize("wrong", ["", "  \n", 3, None, b"Nordil"])
def test_what_is_nothing_to_read_is_told_in_one_line(wrong: object) -> None:
    with pytest.raises(DataError, match="give a file") as caught:
        names([wrong])
    assert "\n" not in str(caught.value)


@given(st.text(min_size=1))
def test_any_string_is_a_text_or_a_file_or_told(string: str) -> None:
    try:
        assert kind_of(string) in ("text", "file")
    except DataError:
        assert not string.strip()
    assert list_given(string) == [string]
