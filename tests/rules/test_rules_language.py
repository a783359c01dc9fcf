"""What a language's file may say; each fault of it is told with file, entry and fault."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from trees import facts_of

from kg import ontology
from kg.errors import ArticleError, DataError
from kg.names.key import fold
from kg.values import language
from kg.values.language import Frame, load_language

Write = Callable[[str, str], language.Language]
FRENCH = (language.FOLDER / "fr.toml").read_text(encoding="utf-8")
OPENING = "[relations.acquired]\nframes = ["


def forget() -> None:
    """Forget what was read of the files of words and of the ontology."""
    load_language.cache_clear()
    for name in ("terms", "classes", "properties", "relations", "is_a"):
        getattr(ontology, name).cache_clear()


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Return a function that reads French anew with some of its text changed."""
    monkeypatch.setattr(language, "FOLDER", tmp_path)

    def change(old: str, new: str) -> language.Language:
        forget()
        assert old in FRENCH
        (tmp_path / "fr.toml").write_text(FRENCH.replace(old, new, 1), encoding="utf-8")
        return load_language("fr")

    yield change
    forget()


def test_french_is_well_formed() -> None:
    frames = load_language("fr").frames
    assert len(frames) > 40
    assert {frame.relation for frame in frames} <= set(ontology.relations())
    assert all(frame.triggers and frame.start and frame.end for frame in frames)


def test_every_relation_has_its_block_of_words() -> None:
    terms = ontology.properties()
    others = {"founded"}  # which the rules do not know
    said = {
        n for n in ontology.relations() if terms[n].domain not in ("Agreement", "Deal")
    } - others
    assert len(said) == 14
    assert set(load_language("fr").tables["relations"]) == said


def test_every_demonym_tells_a_place_that_is_known() -> None:
    lang = load_language("fr")
    assert len(lang.demonyms) > 300
    assert {fold(place) for place in lang.demonyms.values()} <= set(lang.places)
    assert lang.demonyms["belges"] == "Belgique"


def test_places_have_their_class_and_usual_name() -> None:
    places = load_language("fr").places
    assert len(places) > 500
    assert places["belgique"] == ("Belgique", "Country")
    assert places["dunkerque"] == ("Dunkerque", "City")
    assert places["usa"][1] == "Country"


def test_unknown_language_names_those_that_are_known() -> None:
    with pytest.raises(ArticleError, match=r"unknown language 'xx'; known: en, fr"):
        load_language("xx")


def test_unknown_entry_is_told() -> None:
    with pytest.raises(DataError, match=r"lang/fr\.toml: no entry 'nouns\.compagny'"):
        load_language("fr").words("nouns.compagny")


def test_malformed_toml_is_told_with_its_line(write: Write) -> None:
    with pytest.raises(DataError, match=r"lang/fr\.toml: .*line \d+"):
        write("[articles]", "[articles")


@pytest.mark.parametrize(
    ("frame", "fault"),
    [
        ('verb = ["racheter"], from = ["subj"], to = ["obj"]', "unknown key 'verb'; known: "),
        ('from = ["subj"], to = ["obj"]', "a frame has either 'verbs' or 'nouns'"),
        ('verbs = ["racheter"], nouns = ["rachat"]', "a frame has either 'verbs' or 'nouns'"),
        ('verbs = ["racheter"], from = ["sujet"], to = ["obj"]', "'from' has 'sujet'; known: "),
        ('verbs = ["racheter"], from = ["subj"], to = ["chz"]', "'to' has 'chz'; known: "),
        ('verbs = ["racheter"], from = ["subj"]', "'to' has '?'; known: "),
    ],
)
def test_malformed_frame_is_told(write: Write, frame: str, fault: str) -> None:
    lang = write(OPENING, f"{OPENING}\n    {{ {frame} }},")
    with pytest.raises(DataError) as caught:
        _ = lang.frames
    assert str(caught.value).startswith(f"lang/fr.toml: relations.acquired: {fault}")
    assert "\n" not in str(caught.value)


def test_block_of_no_relation_is_told_with_the_nearest(write: Write) -> None:
    lang = write("[relations.acquired]", "[relations.aquired]")
    with pytest.raises(DataError, match=r"relations\.aquired: 'aquired' is .* write 'acquired'\?"):
        _ = lang.frames


def test_frame_keeps_what_its_block_says() -> None:
    (frame,) = (f for f in load_language("fr").frames if ("OPA",) in f.triggers)
    assert (frame.relation, frame.noun, frame.modality) == ("acquired", True, "Actual")
    assert isinstance(frame, Frame)


def test_a_relation_is_added_by_one_block_each(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("[relations.acquired]", "[relations.acquired]")
    assert facts_of("Nordalis parraine Vextra.") == []
    shutil.copytree(ontology.ontology_folder(), tmp_path / "ontologies")
    file = tmp_path / "ontologies" / "pressgraph.ttl"
    block = """
kg:sponsorOf a owl:ObjectProperty, kg:Relation ;
    rdfs:label "sponsor of"@en, "parrain de"@fr ;
    kg:wording "{subject} sponsors {object}"@en, "{subject} parraine {object}"@fr ;
    rdfs:domain kg:Organization ; rdfs:range kg:Organization .
"""
    file.write_text(file.read_text(encoding="utf-8") + block, encoding="utf-8")
    monkeypatch.setattr(ontology, "ontology_folder", lambda: file.parent)
    words = (
        '[relations.sponsorOf]\nframes = [{ verbs = ["parrainer"], from = ["subj"], to = ["obj"] }]'
    )
    write("[relations.acquired]", f"{words}\n\n[relations.acquired]")
    assert facts_of("Nordalis parraine Vextra.") == [("Nordalis", "sponsorOf", "Vextra", "Actual")]
