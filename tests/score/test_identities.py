"""`kg score --who`: names judged one thing or different, counted by pairs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.cli import main
from kg.errors import ScoreError
from kg.model import Article, Entity, Reading
from kg.score.identities import Judged, read_judged, score_who, tell_who
from kg.store.store import put_reading

GROUPS = """Nordil	O	Nordil ; Groupe Nordil ; Nordil SA ; Les Nordiliens
Élodie Vasco	P	Élodie Vasco ; Elodie Vasco
"""
APART = """Nordil	Nordil Wind	groupe / filiale
Hexo	HEXO	deux groupes
Paul Vasco	Élodie Vasco	cousins
"""


@pytest.fixture
def judged(tmp_path: Path) -> tuple[Path, Path]:
    groups, apart = tmp_path / "groups.tsv", tmp_path / "apart.tsv"
    groups.write_text(GROUPS, encoding="utf-8")
    apart.write_text(APART, encoding="utf-8")
    return groups, apart


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as done:
        main([str(it) for it in arguments])
    out, err = capsys.readouterr()
    return int(done.value.code or 0), out, err


def test_pairs_are_counted(judged: tuple[Path, Path]) -> None:
    score = score_who(read_judged(*judged))
    # Of seven pairs: three spellings of Nordil are one, and two of Vasco; 'Hexo' is joined wrongly.
    assert (score.right, score.wrong) == (4, (("HEXO", "Hexo"),))
    assert len(score.missed) == 3
    assert score.joined == (("Hexo", "HEXO"),)
    told = tell_who(score)
    assert told["precision"] == 0.8
    assert told["recall"] == 0.5714
    assert told["apart_joined"] == 0.3333


def test_nothing_judged_is_no_fault() -> None:
    assert tell_who(score_who(Judged(())))["precision"] == 1.0


def test_report_and_json(
    judged: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    groups, apart = judged
    code, out, _ = run(capsys, "score", "--who", groups, "--apart", apart, "--errors")
    assert not code
    assert "precision     0.800 (4 of 5 pairs joined are right)" in out
    assert "apart but joined: Hexo = HEXO" in out
    assert "missed: Nordil = Les Nordiliens" in out
    code, _, _ = run(capsys, "score", "--who", groups, "--json", tmp_path / "who.json")
    told = json.loads((tmp_path / "who.json").read_text(encoding="utf-8"))
    assert told["recall"] == 0.5714
    assert told["apart"] == 0


def test_aliases_of_a_store_s_articles_count(
    judged: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = Entity("Nordil", "Company", aliases=("Les Nordiliens",))
    put_reading(tmp_path / "news", Reading(Article("a", "Nordil (Les Nordiliens)"), (named,)))
    _, out, _ = run(capsys, "score", "--who", judged[0], "--store", tmp_path / "news")
    assert "recall        1.000" in out


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("score",), "or --who GROUPS"),
        (("score", "--apart", "a.tsv"), "go with --who"),
        (("score", "gold", "--who", "a.tsv"), "GOLD and --floors do not"),
    ],
)
def test_wrong_usage_is_told(
    arguments: tuple[str, ...], fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, *arguments)
    assert code == 2
    assert fault in " ".join(err.split())


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Nordil\tO\n", "line 1: 3 cells"),
        ("Nordil\tX\tNordil\n", "class 'X'"),
        ("\tO\tA\n", "none"),
    ],
)
def test_a_faulty_line_is_told(text: str, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "groups.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScoreError, match=fault):
        read_judged(path)
    with pytest.raises(ScoreError, match="cannot be read"):
        read_judged(tmp_path / "none.tsv")
