// The page on which one asks (one function around all): what is asked stands in the address, so that it can be shared.
// Whatever comes from the graph goes into the page by textContent alone: it never becomes markup.

const { texts, questions, prefixes, columns: heads, terms, classes } = JSON.parse(document.getElementById("data").textContent);
const at = (id) => document.getElementById(id);
const STEP = 500; // rows that are shown at once
const NAMES = 3000; // names that a field may offer
// Formats that an answer can be saved in: how each is called, and how its file's name ends.
const ROWS = { csv: ["CSV", "csv"], tsv: ["TSV", "tsv"], json: ["JSON", "json"], xml: ["XML", "xml"] };
const TRIPLES = { ttl: ["Turtle", "ttl"], jsonld: ["JSON-LD", "jsonld"], rdfxml: ["RDF/XML", "rdf"], nt: ["N-Triples", "nt"] };
// What one may begin with.
const START = `SELECT ?name ?relation ?other ?modality WHERE {
  ?fact a kg:Fact ;
    rdf:subject/rdfs:label ?name ;
    rdf:predicate ?relation ;
    rdf:object/rdfs:label ?other ;
    kg:modality ?modality .
}
LIMIT 100
`;
const MODALITIES = ["actual", "planned", "possible", "denied", "over"];
// Columns of ready questions whose cells are names of things; and what the IRI of one of ours has in it.
const NAMED = new Set(("subject object organization partner through linked_to person place competitor supplier customer parent subsidiary"
  + " owner buyer target speaker area market other_object").split(" "));
const THING = /\/(?:org|person|place|product|area|market|deal|agreement)\/[^/#?]+$/;
const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = ["integer", "decimal", "double", "float", "nonNegativeInteger", "int", "long"].map((name) => XSD + name);

// Elements and words

function make(tag, words, ...children) {
  const element = document.createElement(tag);
  if (words !== null && words !== undefined) element.textContent = words;
  element.append(...children.filter((child) => child !== null));
  return element;
}

function button(words, act) {
  const element = make("button", words);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

const system = matchMedia("(prefers-color-scheme: dark)");
const state = { lang: "", theme: "", question: "", given: {}, query: "" };
const usual = () => (navigator.language.toLowerCase().startsWith("fr") ? "fr" : "en");
const text = (name) => texts[state.lang][name];
const number = (value, shape) => new Intl.NumberFormat(state.lang, shape).format(value);
const count = (value, name) => `${number(value)} ${text(value === 1 || (value === 0 && state.lang === "fr") ? name : name + "s")}`;
const question = () => questions.find(({ name }) => name === state.question);
// A question's SPARQL, without the comments that tell how to ask it on the command line.
const sparqlOf = ({ query }) => query.replace(/^(#.*\n)+/, "");
// What a question answers: in the reader's language, or as its file says, less what it says of the command line.
const told = ({ name, answers }) => text("questions")[name] || answers.split(" `--")[0];

// What is asked, and the address

let asked = false; // whether a query has been asked yet: what one may begin with need not be shared

function writeAddress() {
  const said = new URLSearchParams();
  if (state.question) {
    said.set("question", state.question);
    for (const [name, value] of Object.entries(state.given)) if (value) said.set(name, value);
  } else if (asked) {
    said.set("query", state.query);
  }
  if (state.lang !== usual()) said.set("lang", state.lang);
  if (state.theme) said.set("theme", state.theme);
  return `#${said}`;
}

function readAddress() {
  const said = new URLSearchParams(location.hash.slice(1));
  state.lang = texts[said.get("lang")] ? said.get("lang") : usual();
  state.theme = ["light", "dark"].includes(said.get("theme")) ? said.get("theme") : "";
  state.question = questions.some(({ name }) => name === said.get("question")) ? said.get("question") : "";
  state.given = Object.fromEntries((question()?.parameters || []).map((name) => [name, said.get(name) || ""]));
  state.query = question() ? sparqlOf(question()) : said.get("query") || START;
  asked = Boolean(state.question || said.get("query"));
}

function tellAddress(push) {
  const address = writeAddress();
  if (address === location.hash || (address === "#" && !location.hash)) return;
  history[push ? "pushState" : "replaceState"](null, "", address);
}

// The same address in another query: what a link to it holds.
const linkTo = (query) => {
  const said = new URLSearchParams({ query });
  if (state.lang !== usual()) said.set("lang", state.lang);
  if (state.theme) said.set("theme", state.theme);
  return `#${said}`;
};

// Questions and fields

function showTexts() {
  document.documentElement.lang = state.lang;
  document.title = text("title");
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = text(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", text(element.dataset.label));
    if (element.tagName === "BUTTON") element.title = text(element.dataset.label);
  }
  const other = Object.keys(texts).find((lang) => lang !== state.lang);
  Object.assign(at("lang"), { textContent: other.toUpperCase(), lang: other, title: texts[other].language });
  at("lang").setAttribute("aria-label", texts[other].language);
  const dark = state.theme ? state.theme === "dark" : system.matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

function showQuestions() {
  at("questions").replaceChildren(...questions.map((one) => {
    const open = button(told(one), () => choose(one));
    Object.assign(open, { title: one.name, value: one.name }); // as the command line and addresses call it
    open.setAttribute("aria-pressed", String(one.name === state.question));
    return make("li", null, open);
  }));
}

function choose(one) {
  const { name, parameters } = one, kept = state.given;
  Object.assign(state, { question: name, query: sparqlOf(one), given: Object.fromEntries(parameters.map((each) => [each, kept[each] || ""])) });
  if (matchMedia("(max-width: 860px)").matches) at("ready").open = false;
  showAsked();
  ask();
  at("fields").querySelector("input")?.focus();
}

function showAsked() {
  for (const open of at("questions").querySelectorAll("button")) {
    const chosen = open.value === state.question;
    open.setAttribute("aria-pressed", String(chosen));
    if (chosen) open.scrollIntoView({ block: "nearest" });
  }
  at("told").textContent = question() ? told(question()) : text("start");
  at("editor").open = !state.question;
  at("fields").replaceChildren(...(question()?.parameters || []).map(field));
  at("query").value = state.query;
  showAround();
}

function field(name) {
  const entry = make(name === "modality" ? "select" : "input");
  if (name === "modality") {
    entry.append(...["", ...MODALITIES].map((value) => Object.assign(make("option", text(value || "all")), { value })));
  } else if (name === "min_confidence") {
    Object.assign(entry, { type: "number", min: 0, max: 1, step: "any", placeholder: "0" });
  } else if (name === "since") {
    Object.assign(entry, { placeholder: "2019-05", title: text("sinceHint"), size: 10 });
  } else {
    entry.autocomplete = "off";
    entry.setAttribute("list", "names");
    entry.addEventListener("focus", offerNames, { once: true });
  }
  entry.name = name;
  entry.value = state.given[name] || "";
  entry.addEventListener("input", () => { state.given[name] = entry.value.trim(); showAround(); });
  return make("label", null, make("span", text(name)), entry);
}

function showAround() {
  at("around").hidden = !state.given.of || !state.question;
  at("around").href = `explore?${new URLSearchParams({ focus: state.given.of || "" })}`;
}

async function offerNames() {
  if (at("names").children.length) return;
  const query = `SELECT DISTINCT ?name { ?fact a kg:Fact ; rdf:subject|rdf:object ?thing . ?thing rdfs:label ?name } LIMIT ${NAMES}`;
  const found = await fetchRows(query).catch(() => []);
  at("names").replaceChildren(...found.map(({ name }) => Object.assign(make("option"), { value: name.value })));
}

async function fetchRows(query) {
  const response = await fetch(`sparql?${new URLSearchParams({ query, format: "json" })}`);
  return response.ok ? (await response.json()).results.bindings : [];
}

async function showSummary() {
  const counts = { thing: `VALUES ?kind { ${classes.map((name) => `kg:${name}`).join(" ")} } ?one a ?kind ; rdfs:label ?name`,
    claim: "?one a kg:Claim", fact: "?one a kg:Fact", article: "?one a kg:Article" };
  const parts = Object.entries(counts).map(([name, where]) => `{ SELECT (COUNT(DISTINCT ?one) AS ?${name}s) { ${where} } }`);
  const [found] = await fetchRows(`SELECT * { ${parts.join(" ")} }`).catch(() => []);
  if (!found) return;
  const [things, claims, facts, articles] = Object.keys(counts).map((name) => count(Number(found[`${name}s`].value), name));
  at("summary").textContent = `${things} · ${claims} (${facts}) · ${articles}`;
}

// Asking

let running = null; // what stops the request that is under way
let shown = null; // the answer: rows or a text, and how long it took

// The request that asks what is asked now, in some format.
function send(format, signal) {
  const headers = { Accept: "application/sparql-results+json, text/turtle", "Accept-Language": state.lang };
  const also = format ? { format } : {};
  if (state.question) {
    const given = Object.entries(state.given).filter(([, value]) => value);
    return fetch(`questions/${state.question}?${new URLSearchParams([...given, ...Object.entries(also)])}`, { headers, signal });
  }
  return fetch("sparql", { method: "POST", headers, signal, body: new URLSearchParams({ query: state.query, ...also }) });
}

async function ask(push = true) {
  running?.abort();
  if (!state.query.trim()) return;
  asked = true;
  tellAddress(push);
  const mine = running = new AbortController();
  const begin = performance.now();
  showBusy(true);
  try {
    const response = await send("", mine.signal);
    const said = await response.text();
    if (mine !== running) return;
    const time = (performance.now() - begin) / 1000;
    if (!response.ok) showFault(response.status, said.trim());
    else showAnswer(response.headers.get("Content-Type"), said, time);
  } catch (error) {
    if (mine !== running) return;
    if (error.name === "AbortError") at("status").textContent = text("stopped");
    else showFault(0, "");
  }
  running = null;
  showBusy(false);
}

function showBusy(busy) {
  at("stop").hidden = !busy;
  at("answer").setAttribute("aria-busy", String(busy));
  if (!busy) return;
  at("bar").hidden = false;
  at("save").replaceChildren();
  at("status").textContent = text("busy");
}

function showNothing() {
  shown = null;
  for (const id of ["bar", "fault"]) at(id).hidden = true;
  at("result").replaceChildren();
}

function showFault(status, said) {
  const place = /(?:line|ligne) (\d+), (?:column|colonne) (\d+)/.exec(said);
  showNothing();
  at("fault").hidden = false;
  const head = texts[state.lang][`fault${status}`] || `${text("fault500")} (${status})`;
  const where = place ? ` : ${text("line")} ${place[1]}, ${text("column")} ${place[2]}` : "";
  at("fault").replaceChildren(make("p", null, make("strong", head + where)), make("p", said));
  if (!place || state.question) return;
  const line = state.query.split(/\r\n|\r|\n/)[place[1] - 1] || "";
  const column = place[2] - 1, word = /^\S*/.exec(line.slice(column))[0] || " ";
  at("fault").append(make("pre", line.slice(0, column), make("mark", word), line.slice(column + word.length)));
  const begin = state.query.split("\n").slice(0, place[1] - 1).join("\n").length + (place[1] > 1 ? 1 : 0) + column;
  at("query").focus();
  at("query").setSelectionRange(begin, begin + word.trim().length);
}

// The answer

function showAnswer(kind, said, time) {
  const rows = kind.startsWith("application/sparql-results+json") ? JSON.parse(said) : null;
  shown = { time, rows, said, sort: ["", 1], most: STEP };
  at("fault").hidden = true;
  at("bar").hidden = false;
  showShown();
}

function showShown() {
  if (!shown) return;
  const { rows, said, time } = shown;
  const took = `${number(time, { maximumFractionDigits: time < 1 ? 3 : 1 })} s`;
  const size = rows?.results ? `${count(rows.results.bindings.length, "row")} · ` : "";
  at("status").textContent = size + took;
  const forms = Object.entries(rows ? ROWS : TRIPLES);
  at("save").replaceChildren(text("save"), ...forms.map(([form, [name, ending]]) => button(name, () => save(form, ending))));
  if (!rows) at("result").replaceChildren(linked(said));
  else if (rows.boolean !== undefined) at("result").replaceChildren(Object.assign(make("p", text(rows.boolean ? "yes" : "no")), { className: "truth" }));
  else if (!rows.results.bindings.length) at("result").replaceChildren(make("p", text("none")));
  else showTable(rows.head.vars, rows.results.bindings);
}

function showTable(columns, bindings) {
  const [by, way] = shown.sort;
  const sorted = by ? [...bindings].sort((one, other) => way * compare(one[by], other[by])) : bindings;
  const head = make("tr"), body = make("tbody");
  for (const name of columns) {
    const cell = make("th", null, button(headOf(name), () => {
      shown.sort = [name, by === name ? -way : 1];
      showShown();
      [...at("result").querySelectorAll("th button")].find((each) => each.textContent === headOf(name)).focus();
    }));
    cell.scope = "col";
    cell.setAttribute("aria-sort", by !== name ? "none" : way > 0 ? "ascending" : "descending");
    head.append(cell);
  }
  for (const row of sorted.slice(0, shown.most)) body.append(make("tr", null, ...columns.map((name) => showCell(row[name], state.question ? name : "", row))));
  const more = button(text("more"), () => { shown.most += STEP; showShown(); });
  more.hidden = sorted.length <= shown.most;
  at("result").replaceChildren(make("table", null, make("thead", null, head), body), more);
}

const numeric = (term) => NUMBERS.includes(term?.datatype) && Number.isFinite(Number(term.value));

function compare(one, other) {
  if (!one || !other) return (one ? 0 : 1) - (other ? 0 : 1); // what is missing comes last
  if (numeric(one) && numeric(other)) return one.value - other.value;
  return collator().compare(one.value, other.value);
}

const collator = () => (collator[state.lang] ??= new Intl.Collator(state.lang, { numeric: true }));

// What ready questions answer in words of ours: relations, and how something is put forward.
const headOf = (name) => (state.question && heads[state.lang][name]) || name;
const wordOf = (name, value) => (name === "relation" ? terms[value]?.[state.lang]
  : /^(modality|became|other_modality)$/.test(name) ? value.split(", ").map((each) => text(each) || each).join(", ") : "");

// A share of a market stands where others have a thing; a number is written as the language does.
const isNumber = (name, term, row) => numeric(term) || (name === "object" && row.relation?.value === "marketShare");
const written = (name, term, row) => (name && isNumber(name, term, row) && state.lang === "fr" ? term.value.replace(".", ",") : term.value);

function showCell(term, name = "", row = {}) {
  const cell = make("td");
  if (!term) return cell;
  if (term.type === "uri") cell.append(describing(term.value, shorten(term.value)), ...(THING.test(term.value) ? [" ", pageOf(term.value, text("page"))] : []));
  else if (wordOf(name, term.value)) cell.append(make("bdi", wordOf(name, term.value)));
  else if (NAMED.has(name) && !isNumber(name, term, row)) cell.append(pageOf(term.value, term.value));
  else if (term.type === "triple") cell.append(...["subject", "predicate", "object"].flatMap((part) => [...showCell(term.value[part]).childNodes, " "]));
  else cell.append(Object.assign(make("bdi", term.type === "bnode" ? `_:${term.value}` : written(name, term, row)), { lang: term["xml:lang"] || "" }));
  if (numeric(term)) cell.className = "number";
  return cell;
}

// A link to a thing's page, by its IRI or its name.
function pageOf(of, words) {
  const link = make("a", null, make("bdi", words));
  link.href = `thing?${new URLSearchParams({ of, ...(state.lang !== usual() ? { lang: state.lang } : {}) })}`;
  return link;
}

function shorten(iri) {
  const found = Object.entries(prefixes).filter(([, space]) => iri.startsWith(space)).sort((one, other) => other[1].length - one[1].length)[0];
  return found && /^[\w.-]+$/.test(iri.slice(found[1].length)) ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
}

// A link that asks what the graph says of an IRI; one that no query could hold stays a text.
function describing(iri, words) {
  if (/[\s<>"{}|\\^`]/.test(iri)) return make("bdi", words);
  const link = make("a", words);
  link.href = linkTo(`DESCRIBE <${iri}>`);
  link.title = iri;
  return link;
}

// Turtle, in which each IRI is a link; strings and comments are left as they are.
function linked(turtle) {
  const known = { ...prefixes };
  for (const [, prefix, space] of turtle.matchAll(/^@prefix ([\w-]*): <([^>]*)> \.$/gm)) known[prefix] = space;
  const box = make("pre");
  let from = 0;
  for (const found of turtle.matchAll(/"(?:[^"\\]|\\.)*"|^@prefix.*$|<([^<>"\s]*)>|\b([a-z][\w-]*):([\w-]+)/gm)) {
    const [all, iri, prefix, name] = found;
    const address = iri ?? (known[prefix] && known[prefix] + name);
    if (!address) continue;
    box.append(turtle.slice(from, found.index), describing(address, all));
    from = found.index + all.length;
  }
  box.append(turtle.slice(from));
  return box;
}

async function save(form, ending) {
  const response = await send(form).catch(() => null);
  if (!response?.ok) return showFault(response?.status || 0, response ? (await response.text()).trim() : "");
  const address = URL.createObjectURL(await response.blob());
  const link = make("a");
  Object.assign(link, { href: address, download: `${state.question || "pressgraph"}.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// Start

function restore() {
  readAddress();
  showTexts();
  showQuestions();
  showAsked();
  showSummary();
  if (asked) ask(false);
  else showNothing();
}

function change(some) {
  Object.assign(state, some);
  tellAddress(false);
  showTexts();
  showQuestions();
  showAsked();
  showSummary();
  showShown();
}

at("form").addEventListener("submit", (event) => { event.preventDefault(); ask(); });
at("stop").addEventListener("click", () => running?.abort());
at("query").addEventListener("input", () => {
  const ready = state.question !== "";
  Object.assign(state, { question: "", given: {}, query: at("query").value });
  if (!ready) return; // it was a ready question until now: no field belongs to it any more
  const { selectionStart, selectionEnd } = at("query");
  showAsked();
  at("query").setSelectionRange(selectionStart, selectionEnd);
});
at("lang").addEventListener("click", () => change({ lang: at("lang").lang }));
at("theme").addEventListener("click", () => change({ theme: document.documentElement.dataset.theme === "dark" ? "light" : "dark" }));
system.addEventListener("change", showTexts);
addEventListener("hashchange", restore);
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    ask();
  } else if (event.key === "Escape") {
    running?.abort();
  }
});
if (matchMedia("(max-width: 860px)").matches) at("ready").open = false;
restore();
