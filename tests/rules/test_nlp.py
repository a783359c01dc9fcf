"""Where sentences begin; a model that is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest
import spacy
from spacy.tokens import Doc

from kg.errors import ArticleError
from kg.rules import nlp
from kg.rules.syntax import is_finite
from kg.values.language import load_language

BLANK = spacy.blank("fr")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text as the project marks them."""
    return [s.text.strip() for s in nlp.mark_sentences(BLANK(text)).sents if s.text.strip()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nordalis grandit. Vextra aussi.", ["Nordalis grandit.", "Vextra aussi."]),
        ("Un titre\nLe corps du texte.", ["Un titre", "Le corps du texte."]),
        ("Vraiment ? Oui ! Bien.", ["Vraiment ?", "Oui !", "Bien."]),
        ("Nordalis … puis Vextra.", ["Nordalis … puis Vextra."]),
        ("« Nous venons. » promet-il.", ["« Nous venons. » promet-il."]),
        ("« Nous venons. » Il part.", ["« Nous venons. »", "Il part."]),
        ("Le groupe (né en 1990.) grandit.", ["Le groupe (né en 1990.) grandit."]),
        (
            "Nordalis quitte Vextra S.A. Le prix monte.",
            ["Nordalis quitte Vextra S.A.", "Le prix monte."],
        ),
        ("Vextra S.A. Orvane grandit.", ["Vextra S.A. Orvane grandit."]),
        ("Vextra S.A. a grandi.", ["Vextra S.A. a grandi."]),
        ("Nordalis, Vextra et Orvane", ["Nordalis, Vextra et Orvane"]),
        ("\n\nDeux\n\nparagraphes\n", ["Deux", "paragraphes"]),
        ("", []),
    ],
)
def test_sentences_begin_after_a_stop_or_a_break(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_line_break_ends_a_sentence_even_before_a_small_letter() -> None:
    assert sentences("Nordalis\nun groupe belge") == ["Nordalis", "un groupe belge"]


def test_missing_model_tells_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    lang = load_language("fr")
    absent = replace(lang, tables={**lang.tables, "model": "fr_no_such_model"})
    monkeypatch.setattr(nlp, "load_language", lambda code: absent)
    with pytest.raises(ArticleError) as caught:
        nlp.load_pipeline.__wrapped__("fr")
    said = str(caught.value)
    assert said == "the model fr_no_such_model is missing; run: pip install fr-no-such-model"


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("les poids lourds.Nordalis grandit", "Nordalis"),
        ('le monde."Nous venons', "Nous"),
        ("Nordalis/Vextra", "Vextra"),
        ("le groupe d' Orvane", "d'"),
        ("chez OrvaneLe groupe", "Orvane"),
        ("chez Orvane2C'est", "C'"),
        ("l'agence (COT).", "COT"),
        ('(COT)."Depuis lors', "COT"),
        ("350 kW. Le groupe", "kW"),
        ("AFP.- Rester", "AFP"),
        ("-Claire Duvernay", "Claire"),
    ],
)
def test_hurried_copy_is_split(text: str, word: str) -> None:
    assert word in [token.text for token in nlp.load_pipeline("fr").make_doc(text)]


@pytest.mark.model
@pytest.mark.parametrize(
    "name",
    [
        "iPhone",
        "NextraTV",
        "BlaBlaCar",
        "JCDelmas",
        "TotalEnergies",
        "LeasePlan",
        "S.A.",
        "S.p.A.",
        "G.m.b.H.",
    ],
)
def test_a_name_with_capitals_inside_is_whole(name: str) -> None:
    assert [token.text for token in nlp.load_pipeline("fr").make_doc(name)] == [name]


@pytest.mark.model
def test_blanks_of_any_kind_are_read_as_blanks() -> None:
    text = "Orvane\u202fGaz vaut 3\xa0millions"
    doc = nlp.read_tokens(nlp.load_pipeline("fr"), text)
    assert [token.text for token in doc] == ["Orvane", "Gaz", "vaut", "3", "millions"]
    assert [token.idx for token in doc] == [0, 7, 11, 16, 18]


@pytest.mark.model
def test_the_vocabulary_tells_ordinary_words() -> None:
    lookups = nlp.load_pipeline("fr").vocab.lookups
    assert "verdict" in lookups.get_table("words")
    assert "vextra" not in lookups.get_table("words")
    assert "sauver" in lookups.get_table("verbs")
    assert "sauver" in lookups.get_table("lemmas")["sauvé"]


@pytest.mark.parametrize(
    ("tagged", "verbs"),
    [
        ("Orvane/PROPN entre/ADP au/ADP capital/NOUN ./PUNCT", ["entrer"]),
        ("Vextra/PROPN ,/PUNCT part/NOUN de/ADP Orvane/PROPN ,/PUNCT compte/NOUN 12/NUM sites/NOUN",
         ["compter"]),
        ("Orvane/PROPN entre/ADP au/ADP capital/NOUN et/CCONJ vend/VERB ./PUNCT", []),
        ("Orvane/PROPN groupe/NOUN automobile/ADJ ./PUNCT", []),
        ("Le/DET siège/NOUN compte/NOUN dix/NUM sites/NOUN ./PUNCT", []),
    ],
)  # fmt: skip
def test_a_verb_that_the_tagger_misses_is_found(tagged: str, verbs: list[str]) -> None:
    words, tags = zip(*(pair.split("/") for pair in tagged.split()), strict=True)
    vocab = spacy.blank("fr").vocab
    vocab.lookups.add_table("lemmas", {"entre": ["entrer"], "compte": ["compte"]})
    vocab.lookups.add_table("verbs", dict.fromkeys(["entrer", "compter", "grouper"]))
    morphs = ["Mood=Ind|VerbForm=Fin" if tag == "VERB" else "" for tag in tags]
    starts = [True, *[False] * (len(words) - 1)]
    doc = Doc(vocab, words=list(words), pos=list(tags), morphs=morphs, sent_starts=starts)
    found = [token.lemma_ for token in nlp.mend_verbs(doc) if is_finite(token)]
    assert [lemma for lemma in found if lemma] == verbs
