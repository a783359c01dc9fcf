"""What a user may call or type is told: verbs with an example, public names with a docstring."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys

import pytest

import kg
from kg import cli

VERBS = (
    "build", "fetch", "forget", "facts", "query", "draw", "network", "explain", "diff", "export",
    "serve", "check", "mark", "train", "score", "claims",
    "suspects", "same", "different", "unsure", "call", "class", "drop", "wrong", "who", "undo",
    "resolve", "register", "identify", "doctor",
)  # fmt: skip
#: Verb → what does it: `class` is a word of Python's own.
CALLBACKS = {it.callback.__name__: it.callback for it in cli.app.registered_commands}  # type: ignore[union-attr]


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as done:
        cli.main(arguments)
    assert done.value.code == 0
    return " ".join(capsys.readouterr().out.split())


def test_every_verb_is_known() -> None:
    assert CALLBACKS.keys() == {*VERBS}


@pytest.mark.parametrize("verb", VERBS)
def test_verb_is_told_with_an_example(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    listed, told = shown(capsys, "--help"), shown(capsys, verb, "--help")
    first = (CALLBACKS[verb].__doc__ or "").strip().splitlines()[0]
    assert f"{verb} {first}" in listed
    assert first in told
    assert f"Example: kg {verb} " in told


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_is_told(verb: str) -> None:
    for name, parameter in inspect.signature(CALLBACKS[verb], eval_str=True).parameters.items():
        (told,) = parameter.annotation.__metadata__
        assert told.help, f"{verb} {name}"
        assert told.help.endswith("."), f"{verb} {name}"


@pytest.mark.parametrize("name", sorted(set(kg.__all__) - {"__version__"}))
def test_public_name_is_told(name: str) -> None:
    # In a process of its own: there, nothing has imported a module of the same name yet.
    code = f"from kg import {name}\nprint({name}.__module__, {name}.__doc__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    module, _, text = done.stdout.partition(" ")
    assert module.startswith("kg.")
    assert re.match(r"[A-Z][a-z]+ .*\.$", text.splitlines()[0]), text


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        kg.nothing  # noqa: B018
