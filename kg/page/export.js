// Twelfth part: what is shown, as a file of its own.

function save(name, content, type) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const element = make("a");
  element.href = address;
  element.download = name;
  element.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function savePicture() {
  const drawn = network.canvas.frame.canvas;
  const copy = make("canvas");
  Object.assign(copy, { width: drawn.width, height: drawn.height });
  const pen = copy.getContext("2d");
  pen.fillStyle = colour("ground");
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.drawImage(drawn, 0, 0);
  copy.toBlob((blob) => save("pressgraph.png", blob));
}

const SIDES = { square: [4, 45], diamond: [4, 0], hexagon: [6, 0], triangle: [3, -90], triangleDown: [3, 90] };

function outline(shape, { x, y }, radius) {
  if (!SIDES[shape]) return draw("circle", { cx: x, cy: y, r: radius });
  const [sides, turn] = SIDES[shape];
  const reach = shape === "square" ? radius * Math.SQRT2 : radius;
  const corner = (place) => {
    const angle = ((turn + (360 / sides) * place) * Math.PI) / 180;
    return `${(x + reach * Math.cos(angle)).toFixed(1)},${(y + reach * Math.sin(angle)).toFixed(1)}`;
  };
  return draw("polygon", { points: Array.from({ length: sides }, (_, place) => corner(place)).join(" ") });
}

function writeSvg() {
  const view = frame(), { scale, width, height, toWindow } = view;
  const image = draw("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` },
    draw("rect", { width, height, fill: colour("ground") }));
  for (const fact of shown.facts) {
    if (fact.to === undefined || fact.to === fact.from) continue;
    const { edgeType } = network.body.edges[fact.id];
    const path = [0, 0.25, 0.5, 0.75, 1].map((share) => toWindow(edgeType.getPoint(share)))
      .map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
    const ink = colour(fact.line);
    image.append(draw("polyline", { points: path, fill: "none", stroke: ink, "stroke-dasharray": page.lines[fact.line].join(" ") }));
    if (fact.directed) image.append(arrow(fact, toWindow, ink));
  }
  for (const thing of drawnThings) {
    if (!shown.things.has(thing.id)) continue;
    const shape = outline(thing.shape, toWindow(thing), sizeOf(thing) * scale);
    shape.setAttribute("fill", colour(thing.group));
    shape.setAttribute("stroke", colour("outline"));
    image.append(shape);
  }
  for (const { lines, x, y, size, bold, tie } of placeLabels(network.canvas.getContext(), view)) {
    lines.forEach((line, place) => {
      const words = draw("text", {
        x, y: y + (place - (lines.length - 1) / 2) * size * LINE, "font-size": size, "font-family": FACE, "text-anchor": "middle",
        "dominant-baseline": "central", "font-weight": bold ? 600 : 400, "paint-order": "stroke", stroke: colour("ground"),
        "stroke-width": HALO, "stroke-linejoin": "round", fill: colour(tie ? "faint" : "text"),
      });
      words.textContent = line;
      image.append(words);
    });
  }
  return new XMLSerializer().serializeToString(image);
}

// The head of an arrow, where its edge meets the node.
function arrow(fact, toWindow, fill) {
  const { edgeType } = network.body.edges[fact.id];
  const tail = toWindow(edgeType.getPoint(0.9)), end = toWindow(things[fact.to]);
  const angle = Math.atan2(end.y - tail.y, end.x - tail.x), away = sizeOf(things[fact.to]) * network.getScale() + 1;
  const x = end.x - away * Math.cos(angle), y = end.y - away * Math.sin(angle);
  const corner = (turn) => `${(x - 9 * Math.cos(angle + turn)).toFixed(1)},${(y - 9 * Math.sin(angle + turn)).toFixed(1)}`;
  return draw("polygon", { points: `${x.toFixed(1)},${y.toFixed(1)} ${corner(0.4)} ${corner(-0.4)}`, fill });
}

// A spreadsheet takes a cell that begins with one of these for a formula.
const cell = (words) => `"${(/^[=+\-@\t\r]/.test(words) ? "'" : "") + String(words).replaceAll('"', '""')}"`;

function writeCsv() {
  const head = ["subject", "relation", "object", "value", "modality", "ended", "confidence", "by", "qualifiers", "sentence", "article", "fact"];
  const lines = shown.facts.map((fact) => [
    nameOf(fact.from), fact.relation, fact.to === undefined ? "" : nameOf(fact.to), fact.value, fact.modality, fact.line === "Ended",
    fact.confidence, fact.by, Object.entries(fact.qualifiers).map((pair) => pair.join("=")).join("; "), sentenceOf(fact),
    fact.sources.map((number) => page.articles[number].url || page.articles[number].title).join(" "), fact.iri,
  ]);
  return "\ufeff" + [head, ...lines].map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n"; // the mark tells Excel: UTF-8
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
  for (const fact of shown.facts) lines.push(...turtleOf(fact));
  return lines.join("\n") + "\n";
}

function turtleOf(fact) {
  const { predicate, ...terms } = fact.terms;
  const target = fact.value === "" ? iri(things[fact.to].iri) : `"${fact.value}"^^xsd:decimal`;
  const said = [
    ["rdf:subject", iri(things[fact.from].iri)], ["rdf:predicate", predicate || term(fact.relation)], ["rdf:object", target],
    ["kg:modality", term(fact.modality)], ["kg:confidence", `"${fact.confidence}"^^xsd:decimal`],
    ...(fact.line === "Ended" ? [["kg:ended", "true"]] : []),
    ...Object.entries(terms).map(([name, value]) => [term(name), value]),
  ];
  const spans = fact.evidence.map(([article, , begin, end]) => [iri(`${page.articles[article].iri}#char=${begin},${end}`), article, begin, end]);
  return [
    `${iri(fact.iri)} a kg:Fact ;`,
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
  png: savePicture,
  svg: () => save("pressgraph.svg", writeSvg(), "image/svg+xml"),
  csv: () => save("pressgraph.csv", writeCsv(), "text/csv;charset=utf-8"),
  turtle: () => save("pressgraph.ttl", writeTurtle(), "text/turtle;charset=utf-8"),
};
