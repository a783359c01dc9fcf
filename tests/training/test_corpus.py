from __future__ import annotations

from pathlib import Path

import pytest
from tiny_network import ANN

from kg.errors import DataError
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
