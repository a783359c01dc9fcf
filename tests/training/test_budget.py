from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tiny_network import tiny_articles
from tiny_reader import OpenModel

from kg.reader.pieces import Ints
from kg.reader.reading import see_text
from kg.reader.types import Floats, Limits
from kg.score.scores import Counts
from kg.training.budget import Budget, measure_budget, tell_budget
from kg.training.evaluate import STAGES, find_seen
from kg.training.marked.corpus import MarkedArticle, read_article

ANN = """lang: fr
---
[Valcorne|o1] achète [Brisol|o2] en mai. {phrase} achète [Brisol|o2]. {other} à [Lyon|l1].
---
o1 Organization Valcorne
o2 Organization Brisol
l1 Place Lyon
---
acquired o1 o2 planned "Valcorne achète Brisol" date="mai"
basedIn o1 l1 denied "à Lyon"
?partnerOf o1 o2 actual "Valcorne"
"""


class PhraseModel(OpenModel):
    """Find 'le groupe', too, and take it for the thing that was named last."""

    def encode(self, ids: Ints, layout: Ints) -> tuple[Floats, tuple[Floats, Floats, Floats]]:
        states, (names, others, spans) = super().encode(ids, layout)
        for word, tag in (("le", 1), ("groupe", 2)):
            others[ids == self.vocabulary.tokenizer.token_to_id(f"▁{word}"), tag] = 9.0
        return states, (names, others, spans)

    def refer(self, mentions: Floats, things: Floats, far: Ints) -> Floats:
        return np.where(far == far.min(), 1.0, -1.0).astype(np.float32)


def article(folder: Path, phrase: str, other: str = "Le tout") -> MarkedArticle:
    path = folder / "a.ann"
    path.write_text(ANN.format(phrase=phrase, other=other), encoding="utf-8")
    return read_article(path)


def test_each_stage_is_scored_at_the_thresholds(tmp_path: Path) -> None:
    read = article(tmp_path, "Et [le groupe|o1*]")
    budget = measure_budget(OpenModel(), read, Limits())
    assert list(budget.stages) == list(STAGES)
    assert budget.stages["nothing given"]["basedIn"] == Counts(missed=1)
    assert budget.stages["nothing given"]["acquired"] == Counts(right=1)
    assert budget.stage("nothing given") == budget.stage("names given") == Counts(1, 0, 1)
    # Once it means Valcorne, 'le groupe' is one more name after Brisol; but of two ways to buy each
    # other one is kept.
    assert budget.stage("references given") == budget.stage("areas given") == Counts(1, 0, 1)
    assert budget.things == Counts(right=2, missed=1)
    strict = Limits(thresholds=dict.fromkeys(Limits().thresholds, 3.5))
    assert measure_budget(OpenModel(), read, strict).stage("names given") == Counts(0, 0, 2)


def test_what_is_wrong_counts_and_repeats_do_not(tmp_path: Path) -> None:
    # Here Valcorne is named after Brisol, too, so that it is said to be bought.
    read = article(tmp_path, "Et [le groupe|o1*]", "[Valcorne|o1] attend")
    budget = measure_budget(OpenModel(), read, Limits())
    assert budget.stages["nothing given"]["acquired"] == Counts(right=1, wrong=1)
    assert [right for _, right in budget.confidences] == [True, False]
    assert all(0.5 < chance < 0.96 for chance, _ in budget.confidences)


def test_references_are_scored_alone(tmp_path: Path) -> None:
    # The one that was named last is Brisol: wrong for the first phrase, right for the second.
    wrong = measure_budget(PhraseModel(), article(tmp_path, "Et [le groupe|o1*]"), Limits())
    assert wrong.references["phrases found"] == Counts(wrong=1, missed=1)
    right = measure_budget(PhraseModel(), article(tmp_path, "Et [le groupe|o2*]"), Limits())
    assert right.references["phrases found"] == Counts(right=1)
    unseen = measure_budget(OpenModel(), article(tmp_path, "[Il|o2*]"), Limits())
    assert unseen.references["phrases found"] == Counts(missed=1)
    given = measure_budget(PhraseModel(), article(tmp_path, "[Il|o2*]"), Limits())
    assert given.references == {"phrases found": Counts(missed=1), "phrases given": Counts(1)}


def test_what_has_no_name_is_given_by_its_phrases(tmp_path: Path) -> None:
    article(tmp_path, "Et [le groupe|o2*]")
    path = tmp_path / "a.ann"
    told = path.read_text(encoding="utf-8").replace("groupe|o2*", "groupe|o3*")
    told = told.replace("l1 Place", "o3 Organization le groupe\nl1 Place")
    path.write_text(told, encoding="utf-8")
    read = read_article(path)
    budget = measure_budget(PhraseModel(), read, Limits())
    assert budget.references["phrases given"].support == 0


def test_details_of_matched_facts_have_their_support(tmp_path: Path) -> None:
    budget = measure_budget(OpenModel(), article(tmp_path, "Et [le groupe|o1*]"), Limits())
    told = {name: (right, of) for name, right, of in budget.detail_counts()}
    # The model tells all as planned, and fills each slot with the first value.
    assert told == {"evidence": (1, 1), "modality": (1, 1), "date": (1, 1)}


def test_budgets_of_articles_add_up_and_are_told(tmp_path: Path) -> None:
    articles = [*tiny_articles(tmp_path), article(tmp_path, "Et [le groupe|o1*]")]
    each = [measure_budget(OpenModel(), one, Limits()) for one in articles]
    budget = sum(each, Budget())
    assert budget.articles == 3
    assert budget.stage("names given") == sum((b.stage("names given") for b in each), Counts())
    told = tell_budget(budget)
    assert [*told["budget"]] == [*told["by relation"]] == [*STAGES]
    supports = {told["budget"][stage]["support"] for stage in STAGES}
    assert supports == {sum(len([f for f in a.facts if not f.optional]) for a in articles)}
    relations = told["by relation"]["nothing given"]
    assert sum(row["support"] for row in relations.values()) in supports
    assert told["calibration"]["facts"] == told["budget"]["nothing given"]["found"]


def test_a_text_without_words_is_all_missed(tmp_path: Path) -> None:
    empty = MarkedArticle("a", "fr", " \n", (), (), ())
    budget = measure_budget(OpenModel(), empty, Limits())
    assert (budget.articles, budget.stage("areas given")) == (1, Counts())
    assert tell_budget(Budget())["articles"] == 0


def test_an_unknown_stage_is_a_bug(tmp_path: Path) -> None:
    model, article = OpenModel(), tiny_articles(tmp_path)[0]
    seen = see_text(model, article.text)
    assert seen
    with pytest.raises(ValueError, match="names given"):
        find_seen(model, article, seen, Limits(), stage="all found", demonyms={})


def test_no_torch_is_needed() -> None:
    code = (
        "import sys; sys.modules['torch'] = None\n"
        "import kg.training.evaluate, kg.training.budget, kg.training.calibrate, kg.score.report\n"
        "assert 'onnx' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
