"""Marked articles and a network so small that it learns them in seconds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tiny_reader import LETTERS, WORDS, tiny_vocabulary

from kg.reader.pieces import Vocabulary
from kg.training.marked.corpus import MarkedArticle, read_article
from kg.training.settings import Settings, Shape

if TYPE_CHECKING:
    from kg.training.network.whole import Network

ANN = """lang: fr
date: 2024-03-12
source: own
---
[Valcorne|o1] achète [Brisol|o2]

[Le groupe [belge|l1*] [Valcorne|o1]|o1*] va racheter [Brisol|o2] en mai, dit [Anna Smets|p1], sa \
présidente, pour 12 millions d'euros. [Il|o1*] tient 5 % du marché.
---
o1 Organization Valcorne
o2 Organization Brisol
l1 Place Belgique
p1 Person Anna Smets
---
acquired o1 o2 planned "va racheter Brisol" by=p1 amount="12 millions d'euros" date="en mai"
basedIn o1 l1 actual "Le groupe belge Valcorne"
holdsPosition p1 o1 actual "Anna Smets, sa présidente" role="présidente"
marketShare o1 5 actual "Il tient 5 % du marché" market="marché"
"""
SHAPE = Shape(
    pieces=len(tiny_vocabulary().tokenizer.get_vocab()),
    width=64,
    layers=2,
    heads=4,
    inner=96,
    frozen=0,
    small=32,
    step=8,
    block=16,
    features=48,
    label=8,
    dropout=0.0,
    head_dropout=0.0,
)
SETTINGS = Settings(
    shape=SHAPE, rate=2e-3, head_rate=4e-3, warm=5, pieces_a_step=200, swapped=0.0, led=0.0, low=0.3
)


def tiny_articles(folder: Path) -> list[MarkedArticle]:
    """Return the article above and others that differ from it in what is said of whom."""
    path = folder / "a.ann"
    path.write_text(ANN, encoding="utf-8")
    article = read_article(path)
    path.write_text(ANN.replace("va racheter", "va aider").replace("acquired", "partnerOf"))
    return [article, replace(read_article(path), name="b")]


def tiny_pieces() -> tuple[list[tuple[str, float]], range, Vocabulary]:
    """Return all pieces of the tiny vocabulary, as the export takes them."""
    pieces = [("<unk>", -20.0), ("<s>", 0.0), ("</s>", 0.0), ("▁", -3.0)]
    pieces += [(f"▁{w}", -2.0) for w in WORDS] + [(letter, -5.0) for letter in LETTERS]
    return pieces, range(len(pieces)), tiny_vocabulary()


def random_network(frozen: int = 0) -> Network:
    """Return a tiny network of which no two parameters are equal, as if it had learned.

    But the table of the pieces' rows has four bits a number, as the base encoder's.
    """
    import numpy as np
    import torch

    from kg.training.export import pack_table
    from kg.training.network.whole import Network

    torch.manual_seed(3)
    network = Network(replace(SHAPE, frozen=frozen))
    with torch.no_grad():
        for parameter in network.parameters():
            parameter += 0.05 * torch.randn_like(parameter)
        table = network.encoder.words.weight
        rows = pack_table(table.numpy())
        table.copy_(torch.from_numpy(rows[np.arange(len(rows))]))
    return network.eval()
