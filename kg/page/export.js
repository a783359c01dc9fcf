// Twelfth part: what is shown, as a file of its own.

function save(ending, content, type) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const element = make("a");
  element.href = address;
  element.download = fileName(ending);
  element.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// A file is called after its page, if that has a title.
function fileName(ending) {
  const title = at("heading").firstElementChild;
  const words = title.dataset.text ? "" : fold(title.textContent).replace(/[^a-z0-9]+/g, "-").slice(0, 60).replace(/^-|-$/g, "");
  return `${words || "pressgraph"}.${ending}`;
}

// A spreadsheet takes a cell that begins with one of these for a formula.
const cell = (words) => `"${(/^[=+\-@\t\r]/.test(words) ? "'" : "") + String(words).replaceAll('"', '""')}"`;

const decimal = (words) => (/^-?\d+\.\d+$/.test(words) ? String(words).replace(".", ",") : words);

// For Excel as it is in France, semicolons and decimal commas, where the page is French; the mark tells it: UTF-8.
function writeExcel() {
  const french = state.lang === "fr";
  return "\ufeff" + writeRows(french ? ";" : ",", french ? decimal : (words) => words);
}

const writeCsv = () => writeRows(",", (words) => words);

function writeRows(comma, shape) {
  const head = ["subject", "relation", "object", "value", "modality", "standing", "voices", "confidence", "by", "details", "date", "sentence", "article", "publisher", "published", "addresses", "claim"];
  const lines = shown.facts.map((fact) => {
    const { title = "", source: publisher = "", published = "" } = lastOf(fact), { date, ...rest } = fact.qualifiers;
    return [
      nameOf(fact.from), bare(label(fact.relation)), fact.to === undefined ? "" : nameOf(fact.to), fact.value, status(fact),
      label(fact.standing), fact.voices, fact.confidence, fact.by, Object.entries(rest).map(([name, value]) => `${bare(label(name))}=${value}`).join("; "), fact.date,
      sentenceOf(fact), title, publisher, published, fact.sources.map((number) => page.articles[number].url || "").filter(Boolean).join(" "), fact.iri,
    ];
  });
  return [head.map((name) => capital(text(name))), ...lines].map((line) => line.map((words) => cell(shape(words))).join(comma)).join("\r\n") + "\r\n";
}

const iri = (address) => `<${address.replace(/[\x00-\x20<>"{}|^`\\]/g, encodeURIComponent)}>`;
const term = (name) => (/^[A-Za-z]+$/.test(name) ? `kg:${name}` : iri(`https://w3id.org/pressgraph/ontology#${name}`));
const literal = (words) => `"${words.replace(/[\\"]/g, "\\$&").replace(/[\x00-\x1f\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;

function writeTurtle() {
  const lines = [
    "@prefix kg: <https://w3id.org/pressgraph/ontology#> .", "@prefix prov: <http://www.w3.org/ns/prov#> .",
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .", "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
    "@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .",
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .", "",
  ];
  for (const id of shown.things) {
    const { iri: address, kind, name } = things[id];
    lines.push(`${iri(address)} ${kind === "Thing" ? "" : `a ${term(kind)} ; `}rdfs:label ${literal(name)} .`);
  }
  for (const fact of shown.facts) for (const one of fact.said) lines.push(...turtleOf(fact, one));
  return lines.join("\n") + "\n";
}

// A fact that states a claim, with its own ends, which only its article may know.
function turtleOf(fact, one) {
  const { predicate, ...terms } = one.terms;
  const [start, end] = one.ends || [things[fact.from].iri, fact.to === undefined ? "" : things[fact.to].iri];
  const target = fact.value === "" ? iri(end) : isShare(fact) ? `"${fact.value}"^^xsd:decimal` : literal(fact.value);
  const said = [
    ["rdf:subject", iri(start)], ["rdf:predicate", predicate || term(fact.relation)], ["rdf:object", target],
    ["kg:modality", term(one.modality)], ["kg:confidence", `"${one.confidence}"^^xsd:decimal`],
    ...(one.line === "Over" ? [["kg:ended", "true"]] : []),
    ...Object.entries(terms).map(([name, value]) => [term(name), value]),
  ];
  const spans = one.evidence.map(([article, , begin, end]) => [iri(`${page.articles[article].iri}#char=${begin},${end}`), article, begin, end]);
  return [
    `${iri(one.iri)} a kg:Fact ;`,
    [...said, ...spans.map(([span]) => ["prov:wasDerivedFrom", span])].map((pair) => `    ${pair.join(" ")}`).join(" ;\n") + " .",
    ...spans.map(([span, article, begin, end]) => `${span} nif:referenceContext ${iri(page.articles[article].iri)} ; nif:beginIndex "${begin}"^^xsd:nonNegativeInteger ; `
      + `nif:endIndex "${end}"^^xsd:nonNegativeInteger ; nif:anchorOf ${literal(quoteOf(article, begin, end))} .`),
  ];
}

function quoteOf(number, begin, end) {
  const article = page.articles[number];
  if (article.text) return slice(article, begin, end);
  const block = blocksOf(article).find((each) => each.begin <= begin && end <= endOf(each));
  return block ? block.characters.slice(begin - block.begin, end - block.begin).join("") : "";
}

const EXPORTS = {
  png: () => savePicture(),
  svg: () => saveSvg(),
  csv: () => save("csv", writeCsv(), "text/csv;charset=utf-8"),
  excel: () => save("csv", writeExcel(), "text/csv;charset=utf-8"),
  turtle: () => save("ttl", writeTurtle(), "text/turtle;charset=utf-8"),
};
