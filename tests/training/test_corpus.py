from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from conftest import EXAMPLES, GOLD, ROOT
from tiny_network import ANN

from kg.errors import DataError
from kg.reader.scheme import RELATIONS
from kg.sources.articles import read_articles
from kg.training.marked.checks import (
    corpus_folder,
    find_copies,
    refuse_copies,
    refuse_faults,
)
from kg.training.marked.corpus import read_article, read_corpus


def write(folder: Path, text: str) -> Path:
    path = folder / "a.ann"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_article_is_read_with_all_that_is_marked(tmp_path: Path) -> None:
    article = read_article(write(tmp_path, ANN))
    text = article.text
    assert text.startswith("Valcorne achète Brisol\n\nLe groupe belge Valcorne")
    told = [(text[m.begin : m.end], m.key, m.named) for m in article.marks if m.begin > 23]
    assert ("Le groupe belge Valcorne", "o1", False) in told and ("belge", "l1", False) in told
    bought = article.facts[0]
    assert bought.relation == "acquired" and bought.modality == "planned" and bought.by == "p1"
    assert text[slice(*bought.evidence)] == "va racheter Brisol"
    assert {k: text[slice(*v)] for k, v in bought.slots.items()} == {
        "amount": "12 millions d'euros",
        "date": "en mai",
    }
    share = next(f for f in article.facts if f.relation == "marketShare")
    assert share.place and text[slice(*share.place)] == "5 %"


FAULTS = (
    ("[Brisol|o2]", "[Brisol|o2", 5, "a mark ends"),
    ("[Brisol|o2]", "Brisol]", 5, "without its"),
    ("o1 Organization Valcorne", "o1 Firm Valcorne", 9, "its class"),
    ("acquired o1 o2 planned", "buys o1 o2 planned", 14, "a fact is"),
    ("acquired o1 o2 planned", "acquired o1 o9 planned", 14, "o9 is not declared"),
    ('va racheter Brisol"', 'va vendre Brisol"', 14, "evidence"),
    ('date="en mai"', 'when="en mai"', 14, "unknown when"),
)


@pytest.mark.parametrize("old,new,line,words", FAULTS)
def test_faults_tell_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    path = write(tmp_path, ANN.replace(old, new, 1))
    with pytest.raises(DataError, match=words) as caught:
        read_article(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")


def test_a_folder_without_articles_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no article"):
        list(read_corpus([tmp_path]))


def test_the_open_corpus_is_sound_and_has_nothing_of_what_is_scored() -> None:
    articles = list(read_corpus([corpus_folder()]))
    assert len(articles) >= 887
    refuse_faults(articles)
    counts = Counter(fact.relation for one in articles for fact in one.facts if not fact.optional)
    assert min(counts[one.name] for one in RELATIONS) >= 50, "fewer are hardly learned"
    scored = read_articles(sorted(map(str, [*GOLD.glob("*.fr.txt"), *EXAMPLES.glob("*.fr.txt")])))
    assert [name for _, name, _ in find_copies(articles, scored)] == []
    for path in corpus_folder().glob("*.ann"):
        assert "\nsource: own\n" in path.read_text(encoding="utf-8").partition("---")[0], path.name


def test_the_sheets_are_sound_and_neither_learned_nor_scored() -> None:
    sheets = list(read_corpus([EXAMPLES / "teach"]))
    assert len(sheets) == 30
    refuse_faults(sheets)
    refuse_copies(sheets, read_corpus([corpus_folder(), ROOT / "docs" / "sheets"]))
    scored = read_articles(sorted(map(str, [*GOLD.glob("*.fr.txt"), *EXAMPLES.glob("*.fr.txt")])))
    refuse_copies(sheets, scored)
    for path in (EXAMPLES / "teach").glob("*.ann"):
        assert "\nsource: own\n" in path.read_text(encoding="utf-8").partition("---")[0], path.name


def test_the_sheet_of_the_docs_is_marked_as_it_stands() -> None:
    folder = ROOT / "docs" / "sheets"
    (marked,) = read_corpus([folder])
    refuse_faults([marked])
    assert marked.text == (folder / "novaclave.fr.txt").read_text(encoding="utf-8")


FAULTY = (
    ("acquired o1 o2 planned", "holdsPosition o1 o2 planned", "holdsPosition takes Person there"),
    ("basedIn o1 l1", "basedIn o1 o2", "basedIn takes Place there, and o2 is Organization"),
)


@pytest.mark.parametrize("old,new,words", FAULTY)
def test_ends_of_the_wrong_class_are_refused(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    with pytest.raises(DataError, match=words):
        refuse_faults([read_article(write(tmp_path, ANN.replace(old, new, 1)))])


def test_an_article_that_is_twice_there_is_refused(tmp_path: Path) -> None:
    article = read_article(write(tmp_path, ANN))
    refuse_faults([article])
    with pytest.raises(DataError, match="the same text as a"):
        refuse_faults([article, article])
    refuse_copies([article], [])
    with pytest.raises(DataError, match=r"a: shares \d+ runs of 7 words with a, which is held out"):
        refuse_copies([article], [article])
