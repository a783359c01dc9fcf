"""`kg score --who --judge`: who knows the groups answers suggestions in their order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.cli import main
from kg.errors import ScoreError
from kg.score.identities import Judged
from kg.score.judge import ask_judge, read_names, tell_answers
from kg.who.things import make_thing

GROUPS = """Nordil	O	Nordil ; Nordyl ; Nordil Motors
Élodie Vasco	P	Élodie Vasco ; Vasco
"""
NAMES = """name	class	articles
Nordil	Organization	3
Vasco	Person	2
Nordil Wind	Organization	1
"""
JUDGED = Judged(
    (("Organization", ("Nordil", "Nordyl", "Nordil Motors")), ("Person", ("Ada Roy", "Roy"))),
    (("Nordil", "Nordil Wind"),),
)


def test_each_answer_joins_what_it_says() -> None:
    answers = ask_judge(JUDGED, [])
    asked = {(it.one, it.two): it.right for it in answers.questions}
    assert asked["Nordil", "Nordil Motors"]
    assert asked["Ada Roy", "Roy"]
    assert not asked["Nordil", "Nordil Wind"]
    assert answers.recalls[0] == 0
    assert [*answers.recalls] == sorted(answers.recalls)
    assert len(answers.recalls) == len(answers.questions) + 1
    assert answers.recall_after(10**6) == answers.recalls[-1] == 0.5
    assert (answers.judged, answers.names) == (6, 6)


def test_names_that_nobody_judges_are_no_questions() -> None:
    things = [make_thing(f"Nordil {place}", "Company", articles=(place,)) for place in "ABCD"]
    answers = ask_judge(JUDGED, things)
    ends = {end for it in answers.questions for end in (it.one, it.two)}
    assert ends <= {"Nordil", "Nordyl", "Nordil Motors", "Nordil Wind", "Ada Roy", "Roy"}
    assert answers.names == 10


def test_a_name_without_a_judged_class_has_that_of_the_things() -> None:
    judged = Judged((), (("Ada", "Ada Roy"),))
    things = [make_thing(name, "Person", articles=(name,)) for name in ("Ada", "Ada Roy")]
    assert len(ask_judge(judged, things).questions) == 1
    assert len(ask_judge(judged, []).questions) == 2


def test_wrong_ones_of_the_first_are_told_on_demand() -> None:
    told = tell_answers(ask_judge(JUDGED, []), errors=True)
    assert ["Nordil", "Nordil Wind"] in told["first_wrong"]
    assert told["first_right"] + len(told["first_wrong"]) == told["first"] == told["questions"]
    assert "first_wrong" not in tell_answers(ask_judge(JUDGED, []))


def test_report_and_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    groups, names = tmp_path / "groups.tsv", tmp_path / "names.tsv"
    groups.write_text(GROUPS, encoding="utf-8")
    names.write_text(NAMES, encoding="utf-8")
    command = ["score", "--who", groups, "--judge", "--names", names]
    with pytest.raises(SystemExit) as done:
        main([*map(str, command), "--json", str(tmp_path / "who.json")])
    assert not done.value.code
    assert "suggestions are right" in capsys.readouterr().out
    told = json.loads((tmp_path / "who.json").read_text(encoding="utf-8"))["judge"]
    assert told["judged"] == 5
    assert told["names"] == 6
    assert told["first_right"] >= 2


@pytest.mark.parametrize(
    "more", [("--names", "n.tsv"), ("--judge", "--names", "n", "--store", "s")]
)
def test_names_go_with_a_judge_and_without_a_store(
    more: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as done:
        main(["score", "--who", "groups.tsv", *more])
    assert done.value.code == 2
    assert "--names goes with --judge" in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize("line", ["Nordil\tCompany\t3", "Nordil\tPerson\tmany", "Nordil\tPerson"])
def test_a_faulty_line_of_names_is_told(line: str, tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    path.write_text(f"name\tclass\tarticles\n{line}\n", encoding="utf-8")
    with pytest.raises(ScoreError, match="line 2"):
        read_names(path)
