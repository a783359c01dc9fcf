"""Digests and market wraps: several short articles in one text, told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Span
from kg.sources.encodings import split_lines
from kg.sources.lines import join_lines

#: Marks of a line that opens an item: a bullet, a number, a name before a dash or a colon.
BULLET = re.compile(r"(?P<mark>[-–—•*·▪►◆■#]+|\(?\d{1,2}[.)°/]|\d{1,2}\s*[-–—])\s+\S")
LABEL = re.compile(
    r"(?P<label>[A-ZÀ-ÝŒ0-9][^.!?:–—]{1,48}?)\s*(?::|\s[–—-]\s?|\.\s[–—-]|(?<=[A-ZÀ-ÝŒ]{3})\.\s)\s*(?=[«\"“A-ZÀ-Ýa-zà-ÿœ0-9])"
)
RULE = re.compile(r"\s*(?:[*_=~-]\s*){3,}|\s*[*⁂◆■•]\s*")
#: Words that stand before a colon in running text.
SAID = re.compile(r"\b(?:dit|déclare|explique|ajoute|précise|said|says|adds)\b", re.IGNORECASE)
#: What stands above the items of a digest, before a colon.
ANNOUNCED = re.compile(
    r"\bvaleurs?\b|\bà suivre\b|\bstocks\b|\bto watch\b|\ben bref\b|\bbrèves\b|\bin brief\b"
    r"|\bactualités?\b|\bl['’]essentiel\b|\bnews\b|\bheadlines\b|\ben mouvement\b",
    re.IGNORECASE,
)
STOP = re.compile(r"[.!?…][»”\")\]]*$")
#: Fewest items of a digest, words of an item, and characters of the longest heading.
FEWEST, LEAST, HEADING = 3, 8, 110


@dataclass(frozen=True, slots=True)
class Block:
    """Hold a paragraph: where it stands, its words, and whether a blank line stands before it."""

    span: Span
    words: str
    apart: bool


def split_digest(text: str) -> list[Span]:
    r"""Return where the items of a digest stand in its text; the whole where it is one article.

    An item opens with a bullet or number, a label ('NORDIL : …'), a heading above its text, or
    after a rule ('* * *'); all items of a digest open alike, and there are three at least.

    >>> one = "Le groupe a signé un accord avec un fournisseur de longue date."
    >>> text = f"Brèves\n\nNORDIL – {one}\nVASCO – {one}\nHEXO – {one}"
    >>> [text[begin:begin + 5] for begin, _ in split_digest(text)]
    ['NORDI', 'VASCO', 'HEXO ']
    """
    blocks = list_blocks(text)
    for opens in (open_at_rules(blocks), open_at_labels(blocks), open_at_headings(blocks)):
        spans = item_spans(blocks, opens)
        if len(spans) >= FEWEST:
            return spans
    return [(0, len(text))]


def list_blocks(text: str) -> list[Block]:
    """Return the paragraphs of a text, wrapped lines joined."""
    lines = split_lines(text)
    joints = join_lines(lines)
    blocks: list[Block] = []
    apart, fresh = False, True
    for line, joint in zip(lines, joints, strict=True):
        words = line.text.strip()
        if not words:
            apart, fresh = True, True
            continue
        if fresh:
            blocks.append(Block((line.begin, line.end), words, apart))
        else:
            last = blocks[-1]
            span = (last.span[0], line.end)
            blocks[-1] = Block(span, f"{last.words} {words}", last.apart)
        apart, fresh = False, joint == "break"
    return blocks


def open_at_rules(blocks: Sequence[Block]) -> list[int]:
    """Return the blocks that follow a rule, and the first."""
    rules = [at for at, block in enumerate(blocks) if RULE.fullmatch(block.words)]
    return [0, *(at + 1 for at in rules if at + 1 < len(blocks))] if len(rules) >= 2 else []


def open_at_labels(blocks: Sequence[Block]) -> list[int]:
    """Return the blocks that open with a bullet or a label, if those are most of all blocks."""
    for find in (bullet_of, label_of):
        marks = [find(block.words) for block in blocks]
        opens = [at for at, mark in enumerate(marks) if mark and not is_title(blocks, at)]
        if len(opens) < FEWEST or opens[0] > 3:  # a title and a line or two may stand above
            continue
        alike = find is bullet_of or len({marks[at] for at in opens}) >= 0.8 * len(opens)
        if alike and 2 * len(opens) >= len(blocks) - 3 and are_items(blocks, opens):
            return opens
    return []


def are_items(blocks: Sequence[Block], opens: Sequence[int]) -> bool:
    """Tell whether blocks are pieces of news, not the entries of a list in one article."""
    above = blocks[opens[0] - 1].words if opens[0] else ""
    if above.endswith(":") and not ANNOUNCED.search(above):
        return False
    texts = [" ".join(blocks[at].words.split()[1:]) for at in opens]
    whole = [len(text.split()) >= LEAST - 1 and not text.endswith((";", ",")) for text in texts]
    stops = [STOP.search(text) is not None for text in texts]
    lower = sum(text[:1].islower() for text in texts)
    said = sum(blocks[at].words.startswith("—") for at in opens)  # a conversation's dashes
    return (
        sum(whole) >= 0.7 * len(texts)
        and sum(stops) >= 0.7 * len(texts)
        and lower <= 0.5 * len(texts)
        and not said
    )


def is_title(blocks: Sequence[Block], at: int) -> bool:
    """Tell whether a block is the title of all: the first, with no full stop."""
    return at == 0 and not STOP.search(blocks[0].words)


def bullet_of(words: str) -> str:
    """Return the mark that a block opens with, '' without one."""
    found = BULLET.match(words)
    return found["mark"] if found else ""


def label_of(words: str) -> str:
    """Return the label that a block opens with: a name or a subject before a colon or a dash.

    >>> label_of("NORDIL – Le groupe signe."), label_of("Le groupe signe.")
    ('NORDIL', '')
    """
    found = LABEL.match(words)
    if not found or SAID.search(found["label"]):
        return ""
    label = found["label"].strip()
    names = [word for word in re.findall(r"[\w&'’.-]+", label) if len(word) > 3]
    capital = all(word[0].isupper() or word[0].isdigit() for word in names)
    return label if names and capital and len(label.split()) <= 6 else ""


def open_at_headings(blocks: Sequence[Block]) -> list[int]:
    """Return the blocks that are headings, if each stands above a text and all are alike."""
    heads = [
        at
        for at, block in enumerate(blocks[:-1])
        if is_heading(block) and not is_heading(blocks[at + 1])
    ]
    heads = [at for at in heads if at or len(heads) < 2 or heads[1] > at + 1]
    if len(heads) < FEWEST:
        return []
    texts = [two - one - 1 for one, two in zip(heads, [*heads[1:], len(blocks)], strict=True)]
    capitals = [blocks[at].words.isupper() for at in heads]
    alike = all(capitals[1:]) or not any(capitals[1:])
    # Sections of one article are long; the items of a digest have a paragraph or two.
    few = sum(count <= 2 for count in texts) >= 0.8 * len(texts)
    words = sum(len(blocks[at].words.split()) for at in heads)
    return (
        heads if alike and few and words >= 3 * len(heads) and names_differ(blocks, heads) else []
    )


def names_differ(blocks: Sequence[Block], heads: Sequence[int]) -> bool:
    """Tell whether most items name things of their own: sections of one article share theirs."""
    ends = [*heads[1:], len(blocks)]
    named = [
        set(
            re.findall(
                r"(?<![.!?] )(?<!^)\b[A-ZÀ-Ý][\w-]{3,}", " ".join(b.words for b in blocks[one:two])
            )
        )
        for one, two in zip(heads, ends, strict=True)
    ]
    shared = sum(bool(named[one] & named[two]) for one in range(len(named)) for two in range(one))
    pairs = len(named) * (len(named) - 1) / 2
    return shared <= 0.34 * pairs


def is_heading(block: Block) -> bool:
    """Tell whether a block may be the heading of an item."""
    return (
        len(block.words) <= HEADING
        and not STOP.search(block.words)
        and len(block.words.split()) > 1
    )


def item_spans(blocks: Sequence[Block], opens: Sequence[int]) -> list[Span]:
    """Return where items stand that open at some blocks, each up to the next, less rules."""
    spans: list[Span] = []
    if not opens:
        return spans
    for one, two in zip(opens, [*opens[1:], len(blocks)], strict=True):
        inside = [block for block in blocks[one:two] if not RULE.fullmatch(block.words)]
        if inside and sum(len(block.words.split()) for block in inside) >= LEAST:
            spans.append((inside[0].span[0], inside[-1].span[1]))
    return spans
