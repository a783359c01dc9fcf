"""Whatever bytes come, they give articles or one line: no traceback, no hang, no flood."""

from __future__ import annotations

import gzip
import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.model import Article
from kg.sources.articles import Found, find_articles
from kg.sources.folding import fold_text
from kg.sources.source import Options

FILES = Path(__file__).parent / "files"
ENDINGS = (
    ".txt", ".html", ".md", ".pdf", ".docx", ".eml", ".mht", ".rss", ".xml", ".json", ".jsonl",
    ".csv", ".tsv", ".gz", ".zip", "",
)  # fmt: skip
#: What files are mutated with: what their formats are made of, and what none of them may hold.
TOKENS = (
    b"<", b">", b'"', b"{", b"}", b"[", b"]", b"\0", b"\xff", b"\xc3", b"<div>" * 50, b"&#x110000;",
    b"&#0;", b"=?utf-8?q?=FF?=", b"\xff\xfe", b"charset=x\0", b"\r", b"%PDF-1.4\n", b"stream\r\nx",
    b"endobj", b"PK\3\4", b"\x1f\x8b", b"Content-Type: multipart/mixed; boundary=x\n", b"NaN",
    b"\xed\xa0\x80", b"\xe2\x80\xa8", b'"\\ud800"', b"1e999", b"\n\n", b"<!DOCTYPE x [",
)  # fmt: skip
SEEDS = [path.read_bytes() for path in sorted(FILES.iterdir()) if "bomb" not in path.name]


def check(found: list[Found]) -> None:
    """Assert that what was found is articles as a graph may hold them, or errors of one line."""
    for one in found:
        if isinstance(one, ArticleError):
            assert "\n" not in str(one) and len(str(one)) < 1000
            continue
        assert one.text.strip()
        for text in (one.text, one.title, one.name, one.url, one.source, one.author):
            text.encode()
        assert len(one.published) in (0, 4, 7, 10)
        folded = fold_text(one.text, lang=one.lang)
        assert len(folded.text) == len(folded.begins)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.sampled_from(ENDINGS), st.booleans())
def test_any_bytes_give_articles_or_one_line(
    tmp_path: Path, data: bytes, ending: str, split: bool
) -> None:
    path = tmp_path / f"x{ending}"
    path.write_bytes(data)
    check(list(find_articles([path], Options(split=split))))


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_file_with_faults_gives_articles_or_one_line(
    tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(0, 5))):
        begin = data.draw(st.integers(0, len(content)))
        cut = data.draw(st.integers(0, 60))
        content[begin : begin + cut] = data.draw(st.sampled_from(TOKENS))
    path = tmp_path / f"x{data.draw(st.sampled_from(ENDINGS))}"
    path.write_bytes(bytes(content[: data.draw(st.integers(0, len(content)))] or content))
    check(list(find_articles([path], Options())))


def pack(name: str, data: bytes) -> bytes:
    """Return a zip of one file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def nest() -> bytes:
    """Return a zip in a zip in a zip, and so on."""
    data = b"Un accord."
    for at in range(6):
        data = pack(f"{at}.zip", data)
    return data


DEEP = b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(3000)
)
HOSTILE: dict[str, bytes] = {
    "deep.html": b"<html><body>" + b"<div>" * 100_000 + b"x",
    "tables.html": b"<html><body>" + b"<table><tr><td>" * 20_000,
    "signs.html": b"<html><p>" + b"<" * 150_000,
    "tags.html": b"<html>" + b"<p>x" * 300_000,
    "line.txt": b"mot " * 220_000,
    "marks.txt": ("e" + "\u0301" * 400_000).encode(),
    "deep.json": b"[" * 1_000_000,
    "long-number.json": b'[{"text":' + b"9" * 500_000 + b"}]",
    "endless.jsonl": b'{"text": "' + b"a" * 20_000_000,
    "open-quote.csv": b'text,title\n"' + b"a,b\n" * 2_000_000,
    "brackets.md": b"[" * 50_000,
    "deep.md": b">" * 100_000 + b"x",
    "nested.zip": nest(),
    "nested.gz": gzip.compress(gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"x"))))),
    "deep.eml": b"MIME-Version: 1.0\nFrom: a@b\nSubject: x\n" + DEEP,
    "header.eml": b"From: a\nSubject: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\nx",
    "bomb.docx": pack("word/document.xml", b"<a>" + b" " * 80_000_000),
    "entities.rss": b'<!DOCTYPE a [<!ENTITY a "b">]><rss><channel>&a;</channel></rss>',
    "streams.pdf": b"%PDF-1.4\n" + b"stream\n\x78" * 200_000,
    "open.pdf": b"%PDF-1.4\n1 0 obj\n" + b"<<" * 300_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_hang_does_not(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    begun = time.perf_counter()
    found = list(find_articles([path], Options()))
    assert time.perf_counter() - begun < 20
    assert found and (isinstance(found[0], ArticleError) or len(found) == 1)
    check([one for one in found if isinstance(one, ArticleError)])


@pytest.mark.parametrize("ending", [".txt", ".html", ".md", ".eml", ".jsonl"])
def test_time_a_word_does_not_grow_with_the_text(tmp_path: Path, ending: str) -> None:
    sentence = "Le groupe a signé hier un accord avec la société voisine, a dit son patron."

    def seconds(size: int) -> float:
        lines = [f"{sentence} Numéro {at}." for at in range(size // len(sentence))]
        made = {
            ".html": "<html><body><article>" + "".join(f"<p>{it}</p>" for it in lines),
            ".eml": "From: a@b.example\nSubject: x\nMIME-Version: 1.0\n\n" + "\n\n".join(lines),
            ".jsonl": f'{{"text": "{" ".join(lines)}"}}\n',
        }
        path = tmp_path / f"{size}{ending}"
        path.write_text(made.get(ending, "\n\n".join(lines)), encoding="utf-8")
        begun = time.process_time()
        (article,) = find_articles([path], Options())
        assert isinstance(article, Article)
        return (time.process_time() - begun) / size

    seconds(3_000)
    short = min(seconds(3_000) for _ in range(9))
    long = min(seconds(300_000) for _ in range(3))
    assert long <= 1.2 * short
