"""What a new user does with an installation, and what the commands must answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ARTICLE = "examples/bollore-alibaba.fr.txt"
#: What the reader finds in it, as the golden graph has it.
GOLDEN = (Path(__file__).parents[1] / "golden" / "bollore-alibaba.ttl").read_text(encoding="utf-8")
FACTS, SPANS = GOLDEN.count(" a kg:Fact"), GOLDEN.count("nif:anchorOf")


@dataclass(frozen=True, slots=True)
class Use:
    """Hold a command, its exit code, a part of what it shows, and whether it tells on stderr."""

    command: str
    shows: str = ""
    code: int = 0
    tells: bool = False


#: What shows that an installation is whole: the program, the reader and what it ships with.
PLAIN = (
    Use("kg", "kg build ARTICLE"),
    Use(f"kg build {ARTICLE} -o graph.ttl", f"{FACTS} facts, "),
    Use("kg doctor", "whole"),
)
#: Commands of a first hour, and those that need data of the package.
FIRST = (
    Use("kg", "kg build ARTICLE"),
    Use("kg --version", "kg "),
    Use("kg --help", "install-completion"),
    Use(f"kg build {ARTICLE} -o graph.ttl", f"{FACTS} facts, "),
    Use(f"kg check graph.ttl --article {ARTICLE}", f"ok: {FACTS} facts, {SPANS} spans exact"),
    Use("kg query graph.ttl partners-of --of Alibaba", "Blue Solutions"),
    Use("kg query graph.ttl", "partners-of"),
    Use("kg draw graph.ttl -o page.html"),
    Use("grep -c '</html>' page.html", "1"),
    Use(f"kg build {ARTICLE} --store news", "added"),
    Use("kg claims news --of Alibaba", "partnerOf"),
    Use("kg network news central", "Alibaba"),
    Use("kg export news --to claims --excel -o claims.csv"),
    Use("kg export news --to jsonld -o out.jsonld"),
    Use("kg mark examples/nomination-quenevrac.fr.txt -o marked", "facts"),
    Use("kg doctor news", "whole"),
    Use("_KG_COMPLETE=complete_bash COMP_WORDS='kg query g.ttl partners-o' COMP_CWORD=3 kg",
        "partners-of"),
)  # fmt: skip
#: Extra → what says that it is missing.
MISSING = {
    "serve": "kg serve graph.ttl",
    "documents": "kg build paper.pdf",
    "cluster": f"kg build {ARTICLE} --scheduler tcp://127.0.0.1:1",
    "train": "kg train marked -o model",
}
#: Whether the corpus is where training looks for it, which no command tells without PyTorch.
CORPUS = (
    "from kg.training.marked.checks import corpus_folder as f; "
    "print(sum(1 for _ in f().glob('*.ann')) > 1000)"
)
#: How many rows the table of an article has.
TABLE = f"import kg; print(len(kg.read('{ARTICLE}').to_pandas()))"
READMES = ("README.md", "README.fr.md")
#: A server that is asked once and stopped; the addresses are those of this machine's own loop.
SERVED = (
    "(ip link set lo up 2>/dev/null; true); kg serve graph.ttl --port 7991 > served.txt & "
    'for i in $(seq 300); do sleep 1; {python} -c "import urllib.request as u; '
    "print(u.urlopen('http://127.0.0.1:7991/').read().decode()[:15])\" 2>/dev/null && break; done; "
    "kill -INT $!; wait"
)


def list_readme(root: Path, name: str) -> Iterator[Use]:
    """Yield the commands of a README as they stand, in order, but those that need `tests/gold`."""
    text = (root / name).read_text(encoding="utf-8")
    folder = name.removeprefix("README").removesuffix(".md").strip(".") or "en"
    for block in re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        for command in re.findall(r"^\$ (kg .*)", block, re.MULTILINE):
            if "tests/gold" not in command and "score" not in command:
                yield Use(f"cd {folder} && {command}")


def list_uses(extras: Sequence[str], *, whole: bool, python: Path, root: Path) -> list[Use]:
    """Return what is tried: all that needs no extra and each that is missing, or extras alone."""
    papers = root / "tests" / "sources" / "files"
    if whole:
        missing = [
            Use(command, f"pip install 'pressgraph[{extra}]'", 1, tells=extra == "documents")
            for extra, command in MISSING.items()
        ]
        corpus = Use(f'{python} -c "{CORPUS}"', "True")
        readmes = [use for name in READMES for use in list_readme(root, name)]
        return [
            *FIRST,
            *readmes,
            corpus,
            Use(f"cp {papers}/chromium-plain.pdf paper.pdf"),
            *missing,
        ]
    uses = list(PLAIN)
    if "documents" in extras:
        uses.append(Use(f"kg build {papers}/chromium-plain.pdf -o paper.ttl", "facts"))
        uses.append(Use(f"kg build {papers}/libreoffice.docx -o word.ttl", "facts"))
    if "serve" in extras:
        uses.append(Use(SERVED.replace("{python}", str(python)), "<!DOCTYPE html>"))
    if "pandas" in extras:
        uses.append(Use(f'{python} -c "{TABLE}"', str(FACTS)))
    if "cluster" in extras:
        command = f"kg build {ARTICLE} --scheduler tcp://127.0.0.1:1"
        uses.append(Use(command, "no Dask scheduler answers there", 1))
    return uses
