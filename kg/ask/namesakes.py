"""People who link organizations by their name alone: there may be two of that name."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from kg.ask.claimed import ask_claims
from kg.ask.query import ask_store
from kg.store.engine import has_claims

#: Questions whose answers link organizations by people.
LINKING = ("board-links",)
#: People with posts at two organizations that no article names together.
NAMESAKES = """
SELECT DISTINCT ?name ?one ?other {
  VALUES ?of { UNDEF }
  ?first rdf:predicate kg:holdsPosition ; rdf:subject ?person ; rdf:object ?of .
  ?second rdf:predicate kg:holdsPosition ; rdf:subject ?person ; rdf:object ?at .
  FILTER(?of != ?at)
  ?person rdfs:label ?name . ?of rdfs:label ?one . ?at rdfs:label ?other .
  FILTER NOT EXISTS {
    ?article schema:mentions ?person , ?of , ?at .
  }
} ORDER BY ?name ?one ?other
"""


def find_namesakes(
    store: ox.Store, question: str, parameters: Mapping[str, object]
) -> list[tuple[str, str, str]]:
    """Return people who link two organizations in no one article, with these; see `LINKING`.

    Nothing for other questions.
    """
    if question not in LINKING:
        return []
    text = ask_claims(NAMESAKES) if has_claims(store) else NAMESAKES
    answer = ask_store(store, text, {"of": parameters.get("of")})
    assert isinstance(answer, ox.QuerySolutions)
    found: dict[tuple[str, frozenset[str]], tuple[str, str, str]] = {}
    for row in answer:
        name, one, other = (str(row[key].value) for key in ("name", "one", "other"))
        found.setdefault((name, frozenset((one, other))), (name, one, other))
    return list(found.values())
