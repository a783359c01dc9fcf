"""Subtitles (SubRip, WebVTT): what is said, without the times at which it is shown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.errors import ArticleError
from kg.sources.forms.form import Form
from kg.sources.language import read_code
from kg.sources.source import Draft, Source, read_text

CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?"
TIMING = re.compile(rf"\s*{CLOCK}\s*(?:-->|,)\s*{CLOCK}(?:\s.*)?")
OPENING = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:WEBVTT(?:[ \t][^\r\n]*)?[\r\n]|(?:\d{1,6}\s*\r?\n)?\s*"
    rb"(?:\d{1,3}:)?\d\d:\d\d[.,]\d{1,3}\s*-->)"
)
#: A field of WebVTT's head: 'Language: fr'.
FIELD = re.compile(r"(?P<name>[A-Za-z]+)\s*:\s*(?P<value>\S.*)")
#: Blocks of WebVTT that show nothing.
UNSHOWN = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
VOICE = re.compile(r"<v(?:\.[\w.]+)?\s+(?P<name>[^<>]{1,80})>")
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>|<\d[\d:.]*>|\{\\[^{}]{0,40}\}")
#: What is heard and not said: '[Musique]', '(rires)', '♪ … ♪'.
HEARD = re.compile(r"\[[^\[\]]{1,60}\]|^\s*\([^()]{1,40}\)\s*$|[♪♫][^♪♫]*[♪♫]?")
TURN = re.compile(r"\s*(?:[-–—]\s*(?=\S)|>>+\s*)")
STOP = re.compile(r"[.!?…][»”\"')]*$")
#: Characters of a paragraph after which a full stop ends it.
ENOUGH = 500


@dataclass(slots=True)
class Speech:
    """Gather what is said: a paragraph a turn, or a few sentences of one."""

    paragraphs: list[str] = field(default_factory=list)
    voice: str = ""
    before: Sequence[str] = ()

    def add_cue(self, lines: Sequence[str]) -> None:
        """Add a cue's lines, but for those that the cue before shows already."""
        shown: list[str] = []
        for line in lines:
            voice = VOICE.search(line)
            said = plain_line(line)
            if not said:
                continue
            shown.append(said)
            if said in self.before and not is_reply(said):  # lines that roll up are shown twice
                continue
            turn = TURN.match(said)
            words = said[turn.end() :] if turn else said
            if voice and voice["name"].strip() != self.voice:
                self.voice = voice["name"].strip()
                self.paragraphs.append(f"{self.voice} : {words}")
            elif turn or not self.paragraphs or self.is_full():
                self.paragraphs.append(words)
            else:
                self.paragraphs[-1] += f" {words}"
        self.before = shown or self.before

    def is_full(self) -> bool:
        """Tell whether the last paragraph is long, and its sentence over."""
        last = self.paragraphs[-1]
        return len(last) > ENOUGH and STOP.search(last) is not None


def is_reply(said: str) -> bool:
    """Tell whether a line is short and whole, so that it may have been said twice.

    >>> is_reply("Oui."), is_reply("millions d'euros")
    (True, False)
    """
    return len(said.split()) < 3 and STOP.search(said) is not None


def read_subtitles(source: Source) -> Iterator[Draft | ArticleError]:
    """Yield what a file of subtitles says; raise ArticleError where it says nothing."""
    text = read_text(source)
    said = plain_speech(text)
    if not said:
        raise ArticleError(f"{source.label}: subtitles without words; give a file with text")
    fields = read_head(text)
    yield Draft(said, title=fields.get("title", ""), lang=read_code(fields.get("language", "")))


def plain_speech(text: str) -> str:
    r"""Return what subtitles say.

    >>> plain_speech("1\n00:00:01,000 --> 00:00:02,000\n<i>Nordil</i>\n\n2\n"
    ...              "00:00:02,000 --> 00:00:03,000\na racheté Vasco.\n- Quand ?")
    'Nordil a racheté Vasco.\n\nQuand ?'
    """
    speech = Speech()
    for cue in list_cues(text):
        speech.add_cue(cue)
    return "\n\n".join(speech.paragraphs)


def list_cues(text: str) -> Iterator[list[str]]:
    """Yield the lines of each cue, without its number and its name."""
    lines = re.split(r"\r\n|[\n\r]", text)
    times = [at for at, line in enumerate(lines) if TIMING.fullmatch(line)]
    for at, following in pairwise([*times, len(lines) + 1]):
        end = following - 1
        # A name stands by itself above the time: a number, or whatever WebVTT allows.
        named = end < len(lines) and lines[end].strip() and not lines[end - 1].strip()
        numbered = end < len(lines) and lines[end].strip().isdigit()
        shown = lines[at + 1 : end if end > at and (named or numbered) else following]
        yield drop_unshown(shown)


def drop_unshown(lines: Sequence[str]) -> list[str]:
    """Return a cue's lines without the notes and styles that stand below it."""
    for at, line in enumerate(lines):
        if UNSHOWN.match(line) and at and not lines[at - 1].strip():
            return list(lines[:at])
    return list(lines)


def plain_line(line: str) -> str:
    """Return what is said in a line, without tags and sounds.

    >>> plain_line("<c.yellow>Oui</c>, <00:00:06.000>[rires] d&#39;accord.")
    "Oui, d'accord."
    """
    words = HEARD.sub(" ", html.unescape(TAG.sub("", line)))
    return " ".join(words.split())


def read_head(text: str) -> dict[str, str]:
    r"""Return what WebVTT's head says: its title, its language.

    >>> read_head("WEBVTT - Entretien\nLanguage: fr\n\n00:01.000 --> 00:02.000\nOui.")
    {'title': 'Entretien', 'language': 'fr'}
    """
    head = re.split(r"\n\s*\n", text.replace("\r\n", "\n").lstrip("\ufeff\n"), maxsplit=1)[0]
    first, *lines = head.split("\n")
    if not first.startswith("WEBVTT"):
        return {}
    fields = {"title": first.removeprefix("WEBVTT").strip(" \t-–:")}
    found = filter(None, map(FIELD.fullmatch, lines))
    fields |= {one["name"].lower(): one["value"].strip() for one in found}
    return {name: value for name, value in fields.items() if value}


SUBTITLES = Form(
    "subtitles",
    (".srt", ".vtt", ".sbv"),
    lambda head: OPENING.match(head) is not None,
    read_subtitles,
)
