"""A graph of deals, claims, readers and decisions that keeps its promises; how to break each."""

from __future__ import annotations

#: Lines of our own wording; the second claim stands as in a store, without its facts.
GOOD = """@prefix : <https://pressgraph.example/id/> .
@prefix kg: <https://w3id.org/pressgraph/ontology#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

:nordil a kg:Company ; rdfs:label "Nordil"@fr ; skos:altLabel "Groupe Nordil"@fr ;
    kg:siren "552120222" ; kg:lei "O2RNE8IBXP4R0TD8PU41" ;
    kg:sector "NAFRev2:27.20Z" ; kg:founded :orvane .
:vasco a kg:Company ; rdfs:label "Vasco"@fr .
:orvane a kg:Company ; rdfs:label "Orvane"@fr .
:jeanne a kg:Person ; rdfs:label "Jeanne Ferrand"@fr .
:maroc a kg:Country ; rdfs:label "Maroc"@fr .

:article a kg:Article ; rdfs:label "Nordil vise Vasco"@fr ; kg:voice :wire .
<https://pressgraph.example/id/article#char=0,17> nif:referenceContext :article ;
    nif:beginIndex 0 ; nif:endIndex 17 ; nif:anchorOf "Nordil vise Vasco" .

:bid a kg:Acquisition ; rdfs:label "rachat de Vasco"@fr ;
    kg:share 51.0 ; kg:amount 40000000.0 ; kg:currency "EUR" ; kg:date "2024-03"^^xsd:gYearMonth ;
    kg:announced "2024"^^xsd:gYear ; kg:kind "OPA"@fr .
:union a kg:Merger ; rdfs:label "fusion de Nordil et d'Orvane"@fr ; kg:buyer :nordil, :orvane .
:f1 a kg:Fact ; rdf:subject :bid ; rdf:predicate kg:target ; rdf:object :vasco ;
    kg:modality kg:Possible ; kg:confidence 0.9 ;
    prov:wasDerivedFrom <https://pressgraph.example/id/article#char=0,17> .
:f2 a kg:Fact ; rdf:subject :bid ; rdf:predicate kg:buyer ; rdf:object :nordil ;
    kg:modality kg:Possible ; kg:confidence 0.9 ;
    prov:wasDerivedFrom <https://pressgraph.example/id/article#char=0,17> .
:f3 a kg:Fact ; rdf:subject :bid ; rdf:predicate kg:seller ; rdf:object :jeanne ;
    kg:modality kg:Possible ; kg:confidence 0.9 ;
    prov:wasDerivedFrom <https://pressgraph.example/id/article#char=0,17> .
:f4 a kg:Fact ; rdf:subject :nordil ; rdf:predicate kg:acquired ; rdf:object :vasco ;
    kg:modality kg:Possible ; kg:confidence 0.9 ; kg:deal :bid ;
    prov:wasDerivedFrom <https://pressgraph.example/id/article#char=0,17> .
:f5 a kg:Fact ; rdf:subject :union ; rdf:predicate kg:buyer ; rdf:object :nordil ;
    kg:modality kg:Actual ; kg:confidence 0.9 ;
    prov:wasDerivedFrom <https://pressgraph.example/id/article#char=0,17> .
:f6 a kg:Fact ; rdf:subject :union ; rdf:predicate kg:buyer ; rdf:object :orvane ;
    kg:modality kg:Actual ; kg:confidence 0.9 ;
    prov:wasDerivedFrom <https://pressgraph.example/id/article#char=0,17> .

:c1 a kg:Claim ; kg:claimSubject :nordil ; kg:claimRelation kg:acquired ; kg:claimObject :vasco ;
    kg:statedBy :f4 ; kg:articles 2 ; kg:voices 1 ; kg:surest 0.9 ; kg:standing kg:Reported ;
    kg:modalityNow kg:Possible ; kg:over false ; kg:claimRole "PDG"@fr ;
    kg:firstDate "2024-03-01"^^xsd:date ; kg:lastDate "2024-04-01"^^xsd:date .
:c2 a kg:Claim ; kg:claimSubject :nordil ; kg:claimRelation kg:founded ; kg:claimObject :orvane ;
    kg:statedBy :g1, :g2, :g3 ; kg:articles 3 ; kg:voices 2 ; kg:surest 0.95 ;
    kg:modalityNow kg:Actual ; kg:standing kg:Agreed .

:graph prov:wasGeneratedBy :reading .
:reading a kg:Reading ; prov:used :article ; prov:wasAssociatedWith :reader ;
    kg:minConfidence 0.5 .
:reader a kg:Reader ; rdfs:label "PressGraph" ; schema:softwareVersion "0.2.0" ;
    kg:weights "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" .

:decision a kg:Decision ; kg:decides kg:Same ; prov:used :nordil, :vasco ; kg:by "mb" ;
    kg:scope "depeche-*" ; kg:score 0.8 ; kg:line "a\\tsame\\tb" ; rdfs:comment "nouveau nom" ;
    prov:endedAtTime "2026-11-29"^^xsd:date .
"""

DISPUTED = (
    "No actual fact that is not over backs https://w3id.org/pressgraph/ontology#founded here."
)
DEAL, FIGURES = "A deal has a target, or two buyers.", "A share, an amount or a kind stands on"
ENDS, LABEL = "The object of a fact is of the class", "A thing has exactly one label"
LEI, SIREN = "A LEI is twenty letters and digits", "A SIREN is nine digits"
#: What stands once in the good graph, what stands there instead, and how the one message begins.
FAULTS: list[tuple[str, str, str]] = [
    ("rdf:predicate kg:target", "rdf:predicate kg:seller", DEAL),
    (":bid a kg:Acq", ':no a kg:FundingRound ; rdfs:label "x"@fr .\n:bid a kg:Acq', DEAL),
    ("kg:target ; rdf:object :vasco", "kg:target ; rdf:object :jeanne", ENDS),
    ("rdf:object :jeanne", "rdf:object :maroc", ENDS),
    ("rdf:predicate kg:seller", "kg:share 3.0 ; rdf:predicate kg:seller", "A deal's share and"),
    ("kg:deal :bid", "kg:deal :vasco", "The deal of a fact"),
    ('rdfs:label "rachat de Vasco"@fr ;', "", LABEL),
    ('skos:altLabel "Groupe', 'rdfs:label "Groupe', LABEL),
    ('"EUR" ;', '"euros" ;', "An amount has a currency"),
    ("kg:amount 40000000.0", "kg:amount -1.0", "An amount is a decimal"),
    ("kg:share 51.0", "kg:share 151.0", "A share is a decimal"),
    (':maroc a kg:Country ;', ':maroc a kg:Country ; kg:share 3.0 ;', FIGURES),
    ("kg:articles 2 ;", "kg:articles 2 ; kg:kind 'OPA'@fr ;", FIGURES),
    ("kg:claimSubject :nordil ; kg:claimRelation kg:acquired ;", "kg:claimRelation kg:acquired ;",
     "A claim has exactly one subject"),
    ("kg:claimRelation kg:acquired", "kg:claimRelation kg:amount", "A claim has exactly one rel"),
    ("kg:claimObject :vasco", "kg:claimObject :vasco, 3.0", "A claim has exactly one object"),
    ('"PDG"@fr', '"PDG"@fr, "CEO"@en', "A claim has at most one role"),
    ('"PDG"@fr', '"PDG"', "A role or a kind is text"),
    ("kg:statedBy :f4 ;", "", "A claim is stated by"),
    ("kg:articles 2 ;", "", "A claim has exactly one number of art"),
    ("kg:voices 2", "kg:voices 4", "A claim has exactly one number of voi"),
    ("kg:voices 2", "kg:voices 1", "A claim of one voice is Reported"),
    ("kg:voices 1", "kg:voices 2", "A claim of one voice is Reported"),
    (
        '"2024-03-01"^^xsd:date',
        '"2024-03-01"^^xsd:date, "2024"^^xsd:gYear',
        "A claim has at most one f",
    ),
    ('"2024-03-01"^^xsd:date', '"mars"', "A date is a year"),
    ("kg:modalityNow kg:Possible", "kg:modalityNow kg:Agreed", "A claim has exactly one modality"),
    ("kg:over false", 'kg:over "no"', "A claim is over or is not"),
    ("kg:surest 0.9 ;", "kg:surest 1.1 ;", "A claim has exactly one confidence"),
    ("kg:standing kg:Reported ;", "", "A claim has exactly one standing"),
    ("kg:over false", "kg:over false ; kg:modality kg:Possible", "A claim is no statement"),
    ("kg:standing kg:Agreed", "kg:standing kg:Disputed", DISPUTED),
    ("kg:standing kg:Agreed", "kg:standing kg:Agreed ; kg:over true", DISPUTED),
    ("kg:modalityNow kg:Actual", "kg:modalityNow kg:Planned", DISPUTED),
    ("kg:voice :wire", "kg:voice :wire, :other", "An article belongs to at most one voice"),
    ("prov:wasGeneratedBy :reading", "prov:wasGeneratedBy :reader", "An article's graph was"),
    ("prov:used :article", "prov:used :nordil", "A reading used exactly one article"),
    ("prov:wasAssociatedWith :reader", "prov:wasAssociatedWith :jeanne", "A reading is that of"),
    ("kg:minConfidence 0.5", "kg:minConfidence 5.0", "A reading's least confidence"),
    ('rdfs:label "PressGraph" ;', "", "A reader has exactly one name"),
    ('schema:softwareVersion "0.2.0"', 'schema:softwareVersion ""', "A reader has exactly one ver"),
    ('kg:weights "0', 'kg:weights "', "A reader's weights are"),
    ("kg:decides kg:Same", "kg:decides kg:Agreed", "A decision has exactly one verdict"),
    ("prov:used :nordil, :vasco ;", "", "A decision is about something"),
    ('kg:scope "depeche-*"', 'kg:scope "a", :article', "A decision is limited to"),
    ('kg:by "mb" ;', "", "A decision names who took it"),
    ('"2026-11-29"^^xsd:date', '"hier"', "A decision was taken on one day"),
    ('"nouveau nom"', '"nouveau nom", "fusion"', "A decision has at most one why"),
    ("kg:score 0.8", "kg:score 80", "A decision's score"),
    ("kg:score 0.8", 'kg:score 0.8 ; kg:line "x"', "A decision has at most one line"),
    ('"552120222"', '"552120222", "732829320"', "An organization has at most one S"),
    ('"552120222"', '"552120223"', SIREN),
    ('"552120222"', '"5521202222"', SIREN),
    ('"552120222"', '"55212022A"', SIREN),
    ('"O2RNE8IBXP4R0TD8PU41"', '"O2RNE8IBXP4R0TD8PU41", "ZZZZZZZZZZZZZZZZZZ40"',
     "An organization has at most one L"),
    ('"NAFRev2:27.20Z"', '"energy"', "An organization has at most one sector"),
    ('"O2RNE8IBXP4R0TD8PU41"', '"O2RNE8IBXP4R0TD8PU14"', LEI),
    ('"O2RNE8IBXP4R0TD8PU41"', '"O2RNE8IBXP4R0TD8PU4"', LEI),
    ('"O2RNE8IBXP4R0TD8PU41"', '"o2rne8ibxp4r0td8pu41"', LEI),
]  # fmt: skip
#: What stands once in the good graph, and what may stand there as well.
VARIANTS: list[tuple[str, str]] = [
    ("rdf:predicate kg:target", "rdf:predicate kg:buyer"),
    ("kg:claimObject :vasco", "kg:claimObject 12.5"),
    ("kg:over false ;", ""),
    (" ;\n    kg:minConfidence 0.5", ""),
    ('kg:scope "depeche-*"', "kg:scope :article"),
    ('kg:by "mb"', "prov:wasAssociatedWith :jeanne"),
    ('"2026-11-29"^^xsd:date', '"2026-11-29T10:00:00Z"^^xsd:dateTime'),
    ("prov:used :nordil, :vasco", "prov:used :f4"),
    ('"552120222"', '"356000000"'),
    ('"O2RNE8IBXP4R0TD8PU41"', '"9695005MSX1OYEMGDF46"'),
    (' ;\n    kg:weights "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"', ""),
]
