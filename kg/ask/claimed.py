"""Ready questions put to claims: what many articles say alike is answered once."""

from __future__ import annotations

import re

#: Questions about what each article says: of canonical things, but fact by fact.
BY_FACT = frozenset({"disagreements", "evidence", "plans-that-became-facts", "said-by"})
#: How a question puts what facts say, and how the same is put to claims.
CLAIMED = {
    "rdf:subject": "kg:claimSubject", "rdf:predicate": "kg:claimRelation",
    "rdf:object": "kg:claimObject", "kg:modality": "kg:modalityNow", "kg:confidence": "kg:surest",
    "kg:ended": "kg:over", "kg:role": "kg:claimRole",
}  # fmt: skip
TERM = re.compile(rf"(?:{'|'.join(CLAIMED)})\b")
#: The ends of what a fact says, where facts are asked for.
END = re.compile(r"rdf:(subject|predicate|object)\b")
#: What stands on facts, with the deal or the market that they lead to; and who says them.
STANDS = re.compile(
    r"\?(fact|\w+_fact) (?=(?:kg:(?:deal|market|rank|asOf|date|share)\b|\(kg:deal\|)\S* )"
)
SPEAKER = re.compile(r"kg:attributedTo(?=[ |)])")
LED = re.compile(r"\|(kg:market|kg:agreement)(?=[|)])")
#: What proves a fact: of a claim, those count that put it as it is put now.
PROOF = "?fact kg:modality ?mood ; kg:confidence ?c ; prov:wasDerivedFrom ?span ."
PROOFS = (
    "  ?fact kg:statedBy ?stating ; kg:modalityNow ?mood .\n  ?stating kg:modality ?mood .\n",
    "?fact kg:surest ?c ; kg:voices ?heard . ?stating prov:wasDerivedFrom ?span .",
)
#: The same where a question has `?now` for how a fact is put; of a claim as above.
TOLD = "?fact prov:wasDerivedFrom ?span ."
TOLD_NOW = "?fact kg:statedBy ?stating . ?stating kg:modality ?now ; prov:wasDerivedFrom ?span ."
#: How many voices say a fact, and a claim.
VOICE, VOICES = "BIND(1 AS ?heard)", "?fact kg:voices ?heard ."
MARK = "  # claims\n"
#: Where a question's parameters end: those who state a claim are told before all that is optional.
PARAMETERS = re.compile(r"(?:^ *VALUES \?[^\n]*\n)+", re.MULTILINE)


def ask_claims(text: str, name: str = "") -> str:
    """Return a ready question as one to a graph of claims, whose ends are canonical things.

    >>> ask_claims("?fact rdf:subject ?of ; kg:role ?role .")
    '?fact kg:claimSubject ?of ; kg:claimRole ?role .'
    >>> ask_claims("?fact rdf:subject ?of ; kg:attributedTo ?who .", "said-by")
    '?fact ^kg:statedBy/kg:claimSubject ?of ; kg:attributedTo/dcterms:isReplacedBy? ?who .'
    """
    if name in BY_FACT:
        ends = {"subject": "Subject", "predicate": "Relation", "object": "Object"}
        told = END.sub(lambda found: f"^kg:statedBy/kg:claim{ends[found[1]]}", text)
        return SPEAKER.sub("kg:attributedTo/dcterms:isReplacedBy?", told)
    head, proof, rest = text.partition(PROOF)
    if not proof:
        return put_to_claims(text)
    rest = rest.replace(f"  {VOICE}\n", "")
    head = PARAMETERS.sub(lambda found: found[0] + MARK, head, count=1)
    told = PROOFS[1].join(map(put_to_claims, (head, rest)))
    return told.replace(MARK, PROOFS[0])


def put_to_claims(text: str) -> str:
    """Return a part of a question with the terms of claims for those of facts."""
    told = text.replace("?deal != ?fact", "?deal != ?stating")
    told = STANDS.sub(lambda it: "?stating " if it[1] == "fact" else f"?{it[1]} kg:statedBy/", told)
    told = SPEAKER.sub("kg:statedBy/kg:attributedTo/dcterms:isReplacedBy?", told)
    told = LED.sub(r"|kg:statedBy/\1", told)
    told = TERM.sub(lambda found: CLAIMED[found[0]], told.replace(VOICE, VOICES))
    return told.replace(TOLD, TOLD_NOW)
