"""A reader without a model, which the workers of a cluster import by this module's name."""

from __future__ import annotations

import os
import signal
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from kg.errors import ArticleError
from kg.model import Article, Entity, Fact, Reading

#: A file that one worker makes before it kills itself; where none is named, nobody does.
FLAG = "STAND_IN_FLAG"


def read(article: Article) -> Reading:
    """Read an article as if its first word were a company that acquired the second."""
    first, second, *_ = [*article.text.split(), "", ""]
    flag = os.environ.get(FLAG)
    if first == "Boum" and flag and not Path(flag).exists():
        Path(flag).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if first == "Illisible":
        raise ArticleError("nobody can read it; leave it out")
    one = Entity(first, "Company", mentions=((0, len(first)),))
    two = Entity(second, "Company", mentions=((len(first) + 1, len(first) + 1 + len(second)),))
    told = MappingProxyType({"amount": Decimal(len(article.text))})
    fact = Fact(one, "acquired", two, qualifiers=told, evidence=((0, len(first)),))
    return Reading(article, (one, two), (fact,), ((0, len(article.text)),))
