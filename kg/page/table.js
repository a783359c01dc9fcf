// Seventh part: the facts as a table, for who reads rather than looks.

const STEP = 300; // rows that a click on `more` adds: 15,000 at once would keep the reader waiting
let rowsShown = STEP;

const COLUMNS = [
  ["subject", (fact) => nameOf(fact.from), (fact) => cut(nameOf(fact.from), LONGEST)],
  ["relation", (fact) => bare(label(fact.relation))],
  ["object", (fact) => (fact.to === undefined ? valueOf(fact) : nameOf(fact.to)), (fact) => cut(fact.to === undefined ? valueOf(fact) : nameOf(fact.to), LONGEST)],
  ["modality", (fact) => status(fact)],
  ["date", (fact) => fact.date, (fact) => day(fact.date)],
  ["article", (fact) => lastOf(fact).title || "", (fact) => (lastOf(fact).title || "") + (fact.sources.length > 1 ? ` (+ ${number(fact.sources.length - 1)})` : "")],
  ["publisher", (fact) => lastOf(fact).source || ""],
  ["published", (fact) => lastOf(fact).published || "", (fact) => day((lastOf(fact).published || "").slice(0, 10))],
  ["sentence", (fact) => sentenceOf(fact)],
  ["confidence", (fact) => fact.confidence, (fact) => (fact.evidence.length ? percent(fact.confidence) : "")],
  ["voices", (fact) => fact.voices, (fact) => (fact.evidence.length ? number(fact.voices) : "")],
  ["standing", (fact) => (fact.evidence.length ? label(fact.standing) : "")],
  ["details", (fact) => detailsOf(fact).join(" · ")],
];

// The latest article that puts a fact as it is put now.
const lastOf = (fact) => page.articles[fact.sources[0]] || {};

// What a fact's other columns do not say.
function detailsOf(fact) {
  const { role, market, ...rest } = fact.qualifiers;
  const others = qualifiers({ qualifiers: rest }).filter(([, value]) => value !== day(fact.date));
  return [fact.to === undefined ? market : valueOf(fact), role, ...others.map((pair) => pair.join(text("colon")))].filter(Boolean);
}

function sentenceOf(fact) {
  if (!fact.evidence.length) return "";
  const { begin, end, block } = passage(fact.evidence[0]);
  return block.characters.slice(begin - block.begin, end - block.begin).join("");
}

function sorted(list) {
  const [name, turn] = state.sort;
  const column = COLUMNS.find(([key]) => key === name);
  if (!column) return list;
  const { compare } = new Intl.Collator(state.lang, { numeric: true });
  const keyed = list.map((fact) => [column[1](fact), fact]);
  const order = (one, other) => (typeof one === "number" ? one - other : compare(one, other));
  const empty = (key) => key === ""; // what has no date comes last, both ways
  return keyed.sort(([one], [other]) => empty(one) - empty(other) || turn * order(one, other)).map(([, fact]) => fact);
}

function showTable(force) {
  const box = at("table");
  box.hidden = state.view !== "table";
  if (box.hidden || !force) return;
  const head = make("tr"), body = make("tbody");
  for (const [name] of COLUMNS) {
    const cell = make("th", null, button(capital(text(name)), () => {
      go({ sort: [name, state.sort[0] === name ? -state.sort[1] : 1] });
      at("table").querySelector(`[data-column=${name}] button`).focus();
    }));
    cell.scope = "col";
    cell.dataset.column = name;
    cell.setAttribute("aria-sort", state.sort[0] !== name ? "none" : state.sort[1] > 0 ? "ascending" : "descending");
    head.append(cell);
  }
  for (const fact of sorted(shown.facts).slice(0, rowsShown)) body.append(row(fact));
  const caption = make("caption", countClaims(shown.facts.length));
  const more = button(text("more"), () => { rowsShown += STEP; showTable(true); });
  more.hidden = shown.facts.length <= rowsShown;
  if (!shown.facts.length) {
    box.replaceChildren(...emptyWords());
    return;
  }
  box.replaceChildren(make("table", null, caption, make("thead", null, head), body), more);
  markTable();
}

function row(fact) {
  const line = make("tr");
  COLUMNS.forEach(([name, value, words], place) => {
    const cell = make(place ? "td" : "th");
    if (!place) {
      cell.scope = "row";
      cell.append(button(words(fact), () => choose(fact)));
    } else {
      cell.append(make("bdi", (words || value)(fact)));
    }
    cell.dataset.cell = name;
    if (place > 2) cell.dataset.head = (capital(text(name)) + text("colon")).replace(" :", "\u00a0:"); // on a phone, where no head stands above
    line.append(cell);
  });
  line.addEventListener("click", ({ target }) => { if (target.tagName !== "BUTTON") choose(fact); });
  line.fact = fact;
  return line;
}

function markTable() {
  for (const line of at("table").querySelectorAll("tbody tr")) {
    if (line.fact !== state.select) { line.removeAttribute("aria-current"); continue; }
    line.setAttribute("aria-current", "true");
    line.scrollIntoView({ block: "nearest" }); // the panel takes room, so that rows stand elsewhere
  }
}
