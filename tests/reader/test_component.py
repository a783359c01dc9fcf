"""The spaCy component, as a user has it: by its name, in a fresh process."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kg.model import Article
from kg.reader import read, read_each

TEXT = (
    "Valcorne rachète Brisol\n\nLe groupe belge Valcorne a racheté Brisol, fabricant de capteurs "
    "installé à Lyon, a annoncé Anna Smets, directrice générale de Valcorne. Le groupe "
    "exploite une usine à Gand."
)
FRESH = f"""
import spacy

nlp = spacy.blank("fr")
nlp.add_pipe("pressgraph")
doc = nlp({TEXT!r})
print(sorted({{(ent.text, ent.label_) for ent in doc.ents}}))
print([(span.text, span.kb_id_) for span in doc.spans["references"]])
print([(f.subject.name, f.property, f.object.name) for f in doc._.facts])
from spacy import displacy
print("<mark" in displacy.render(doc, style="ent", jupyter=False))
print(len(displacy.render(doc, style="span", jupyter=False, options={{"spans_key": "references"}})))
"""

pytestmark = pytest.mark.model


def test_a_fresh_process_finds_it_by_its_name() -> None:
    done = subprocess.run([sys.executable, "-c", FRESH], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    names, references, facts, marked, spans = done.stdout.splitlines()
    assert "('Valcorne', 'ORG')" in names and "('Anna Smets', 'PER')" in names
    assert "'Valcorne')" in references
    assert "('Anna Smets', 'holdsPosition', 'Valcorne')" in facts
    assert marked == "True" and int(spans) > 100


def test_kg_build_runs_the_component(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.reader import component

    seen = []
    call = component.Component.__call__
    monkeypatch.setattr(
        component.Component, "__call__", lambda self, doc: seen.append(doc.text) or call(self, doc)
    )
    assert read(Article("a", TEXT)).facts
    assert seen == [TEXT]


def test_neither_neighbours_nor_their_order_change_anything() -> None:
    one, two = Article("a", TEXT), Article("b", "Hexo a vendu Nordil à Vasco en mars 2024.")
    assert list(read_each([one, two])) == [*read_each([two, one])][::-1] == [read(one), read(two)]


def test_offsets_and_text_are_the_article_s_own() -> None:
    reading = read(Article("a", TEXT))
    assert reading.article.text == TEXT
    for thing in reading.entities:
        for begin, end in thing.mentions:
            assert 0 <= begin < end <= len(TEXT)
    assert any(TEXT[slice(*span)] == "Le groupe" for e in reading.entities for span in e.mentions)
