"""Another model reads where it is named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import EXAMPLES

from kg import cli, read, read_article, read_each
from kg.reader.package import SHIPPED, name_reader

ARTICLE = EXAMPLES / "nomination-quenevrac.fr.txt"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Return the folder of a model that is the shipped one but for what it lists."""
    folder = tmp_path / "other"
    shutil.copytree(SHIPPED, folder)
    meta = folder / "meta.json"
    told = json.loads(meta.read_text(encoding="utf-8"))
    told["limits"]["worth"] = 0.51
    meta.write_text(json.dumps(told), encoding="utf-8")
    return folder


def build(*arguments: object) -> int:
    with pytest.raises(SystemExit) as done:
        cli.main(["build", str(ARTICLE), *map(str, arguments)])
    return int(str(done.value.code))


@pytest.mark.model
def test_another_model_reads_where_it_is_named(
    other: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = tmp_path / "graph.ttl"
    mine = f'"{name_reader(other).weights}"'
    assert build("-o", graph, "--model", other) == 0
    assert mine in graph.read_text(encoding="utf-8")
    assert build("-o", graph) == 0
    assert mine not in graph.read_text(encoding="utf-8")
    article = read_article(ARTICLE)
    told = read(article, model=str(other))[0].reader
    assert told and told.weights in mine and read(article)[0].reader != told
    monkeypatch.setenv("KG_MODEL", str(other))
    assert [one.reader for one in read_each([article])] == [told]
    assert build("-o", graph) == 0
    assert mine in graph.read_text(encoding="utf-8")
    capsys.readouterr()
    assert build("-o", graph, "--model", tmp_path) == 1
    assert "no model here" in capsys.readouterr().err
