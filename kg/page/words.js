// First part of the page's script (one function around all): its data, elements and words.
// Whatever comes from an article goes into the page by textContent alone: it never becomes markup.

const { page, nodes, edges, options } = JSON.parse(document.getElementById("data").textContent);
const { texts, labels, lang } = page;
const panel = document.getElementById("panel");
const tip = document.getElementById("tip");
const byId = (items) => new Map(items.map((item) => [item.id, item]));
const things = byId(nodes), facts = byId(edges);
const crowded = new Set();
let network = null;
let thinned = false;

// Elements

function make(tag, text, ...children) {
  const element = document.createElement(tag);
  if (text !== null && text !== undefined) element.textContent = text;
  element.append(...children);
  return element;
}

function faint(text) {
  const line = make("p", text);
  line.className = "faint";
  return line;
}

function link(address, text) {
  if (!/^https?:\/\//.test(address)) return make("bdi", text);
  const element = make("a", text);
  element.href = address;
  element.rel = "noopener noreferrer";
  element.target = "_blank";
  return element;
}

function rows(pairs) {
  const list = make("dl");
  for (const [term, value] of pairs) {
    if (value === "" || value === undefined) continue;
    list.append(make("dt", capital(term)), make("dd", null, value instanceof Node ? value : make("bdi", value)));
  }
  return list;
}

// Words

const label = (name) => labels[name] || name;
const bare = (text) => text.replace(/ \(%\)$/, ""); // the number brings its own sign
const capital = (text) => text.charAt(0).toLocaleUpperCase(lang) + text.slice(1);
const percent = (number) => new Intl.NumberFormat(lang, { style: "percent", maximumFractionDigits: 2 }).format(number);

function day(text) {
  const [, year, month, date] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(text) || [];
  if (!month) return text;
  const shape = { year: "numeric", month: "long", timeZone: "UTC" };
  if (date) shape.day = "numeric";
  return new Intl.DateTimeFormat(lang, shape).format(new Date(Date.UTC(year, month - 1, date || 1)));
}

function money(amount, currency) {
  const shape = { notation: "compact", maximumFractionDigits: 3 };
  if (/^[A-Z]{3}$/.test(currency)) Object.assign(shape, { style: "currency", currency });
  return new Intl.NumberFormat(lang, shape).format(amount);
}

function qualifiers(fact) {
  const { currency, approximate, counted, ...rest } = fact.qualifiers;
  const about = approximate ? "≈ " : "";
  return Object.entries(rest).map(([name, text]) => {
    const value = name.replace(/(Min|Max)$/, ""); // the ends of a range are shown as their value is
    if (value === "share") return [bare(label(name)), about + percent(text / 100)];
    if (value === "amount") return [label(name), about + money(text, currency)];
    if (value === "count") return [label(name), `${about}${text} ${counted}`];
    return [label(name), ["date", "asOf", "announced"].includes(value) ? day(text) : text];
  });
}

const status = (fact) => label(fact.modality) + (fact.ended ? " · " + texts.ended : "");
const relation = (fact) => {
  if (fact.value) return `${bare(label(fact.relation))} ${percent(fact.value / 100)}`;
  return label(fact.relation);
};
const nameOf = (id) => things.get(id).thing.name;
const told = (edge) => [nameOf(edge.from), relation(edge.fact), ...(edge.to === undefined ? [] : [nameOf(edge.to)])]
  .join(" — ");
const listed = (edge) => (edge.to === undefined ? told(edge) : [nameOf(edge.from), edge.arrows ? "→" : "–", nameOf(edge.to)].join(" "))
  + (edge.fact.value && edge.to !== undefined ? ` : ${percent(edge.fact.value / 100)}` : "")
  + (edge.fact.qualifiers.role ? ` : ${edge.fact.qualifiers.role}` : "")
  + (edge.fact.modality === "Actual" && !edge.fact.ended ? "" : ` (${status(edge.fact)})`);
