"""What the names of files tell: an article's name, its language, its form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from kg.model import NAMELESS

#: Languages that a file's name may tell before its ending ('fusion.fr.txt').
CODED = frozenset({"fr", "en", "de", "es", "it", "nl", "pt"})
FILE_NAME = re.compile(r"(?P<name>.+?)(?:\.(?P<lang>[a-z]{2}))?(?P<ending>\.[^.]*)?", re.DOTALL)
#: Endings of files that a folder's or a zip's others are read without.
OTHERS = frozenset(
    ".jpg .jpeg .png .gif .webp .svg .ico .bmp .tif .tiff .mp3 .mp4 .wav .avi .mov .webm .css "
    ".js .mjs .map .woff .woff2 .ttf .otf .ttl .turtle .trig .trix .nq .nquads .nt .ntriples .n3 "
    ".hext .rdf .owl .jsonld .py .pyc .sh "
    ".exe .dll .so .toml .ini .cfg .lock .log .db .sqlite .part .xsl .xsd .bak .url .webloc .lnk "
    ".desktop .crdownload .swp".split()
)


def tell_other(file: str) -> str:
    """Return by what a file of a folder or a zip is known as no article, '' of what may be one.

    Word keeps a file beside each that is open ('~$a.docx'), editors one as it was ('a.txt~').

    >>> tell_other("a.JPG"), tell_other("~$a.docx"), tell_other("a.docx")
    ('.jpg', '~', '')
    """
    if file.startswith("~$") or file.endswith("~"):
        return "~"
    ending = Path(file).suffix.lower()
    return ending if ending in OTHERS or ".meta." in file else ""


def name_apart(files: Iterable[str]) -> dict[str, str]:
    """Return a name for each file: its own, with its folder's where two have the same.

    >>> name_apart(["a/x.fr.txt", "b/x.fr.txt", "y.txt"])
    {'a/x.fr.txt': 'a-x', 'b/x.fr.txt': 'b-x', 'y.txt': 'y'}
    """
    files = list(files)
    names = {file: split_name(file)[0] for file in files}
    paths = {file: PurePosixPath(file.replace("\\", "/")).parts[:-1] for file in files}
    for depth in range(1, 1 + max((len(path) for path in paths.values()), default=0)):
        twice = Counter(names.values())
        if len(twice) == len(names):
            break
        for file, name in names.items():
            if twice[name] > 1 and depth <= len(paths[file]):
                names[file] = f"{clean_name(paths[file][-depth])}-{name}"
    twice, seen = Counter(names.values()), Counter[str]()
    for file, name in names.items():
        if twice[name] > 1:
            _, lang, ending = split_name(file)
            names[file] = "-".join(filter(None, (name, lang, ending.lstrip("."))))
        seen[names[file]] += 1
        if seen[names[file]] > 1:
            names[file] += f"-{seen[names[file]]}"
    return names


def split_name(path: str | Path) -> tuple[str, str, str]:
    """Return the name, the language and the ending that a file's name tells.

    >>> split_name("news/fusion.fr.txt"), split_name("page.html.gz"), split_name("notice.vf.txt")
    (('fusion', 'fr', '.txt'), ('page', '', '.html'), ('notice.vf', '', '.txt'))
    """
    if str(path) == "-":
        return NAMELESS, "", ""
    file = re.sub(r"(?<=.)\.gz$", "", Path(path).name, flags=re.IGNORECASE)
    parts = FILE_NAME.fullmatch(file)
    if parts is None:
        return clean_name(file), "", ""
    name, lang, ending = parts["name"], parts["lang"] or "", (parts["ending"] or "").lower()
    if lang and lang not in CODED:  # 'notes.md', 'notice.vf.txt'
        name, lang, ending = (f"{name}.{lang}", "", ending) if ending else (name, "", f".{lang}")
    return clean_name(name), lang, ending


def clean_name(name: str) -> str:
    """Return a file's name as a graph may hold it: one may have bytes that are no UTF-8."""
    return name.encode("utf-8", "replace").decode("utf-8").strip() or "article"
