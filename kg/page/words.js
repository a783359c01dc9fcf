// Second part of the page's script (one function around all): elements and words.
// Whatever comes from an article goes into the page by textContent alone: it never becomes markup.

const at = (id) => document.getElementById(id);

// Elements

function make(tag, text, ...children) {
  const element = document.createElement(tag);
  if (text !== null && text !== undefined) element.textContent = text;
  element.append(...children.filter((child) => child !== null));
  return element;
}

function classed(name, element) {
  element.className = name;
  return element;
}

const faint = (text) => classed("faint", make("p", text));

function button(text, act) {
  const element = make("button", text);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

function link(address, text) {
  if (!/^https?:\/\//i.test(address)) return make("bdi", text);
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

const text = (name) => page.texts[state.lang][name];
const label = (name) => page.terms[state.lang][name] || name;
const bare = (words) => words.replace(/ \(%\)$/, ""); // the number brings its own sign
const capital = (words) => words.charAt(0).toLocaleUpperCase(state.lang) + words.slice(1);
const cut = (words, most) => (words.length > most ? Array.from(words).slice(0, most - 1).join("") + "…" : words);
const number = (value, shape) => new Intl.NumberFormat(state.lang, shape).format(value);
const percent = (value) => number(value, { style: "percent", maximumFractionDigits: 2 });
const count = (value, name) => `${number(value)} ${text(value === 1 ? name : name + "s")}`;
const countClaims = (value) => count(value, page.scheme ? "fact" : "claim"); // what a line stands for

// Folds case and accents away, as who searches does.
const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
  .replaceAll("œ", "oe").replaceAll("æ", "ae").replaceAll("ß", "ss").replaceAll("’", "'");

function day(iso) {
  const [, year, month, date] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(iso) || [];
  if (!month) return iso;
  const shape = { year: "numeric", month: "long", timeZone: "UTC" };
  if (date) shape.day = "numeric";
  return new Intl.DateTimeFormat(state.lang, shape).format(new Date(Date.UTC(year, month - 1, date || 1)));
}

function money(amount, currency) {
  const shape = { notation: "compact", maximumFractionDigits: 3 };
  if (/^[A-Z]{3}$/.test(currency)) Object.assign(shape, { style: "currency", currency });
  return number(amount, shape);
}

function qualifiers(fact) {
  const { currency, approximate, counted, ...rest } = fact.qualifiers;
  const about = approximate ? "≈ " : "";
  return Object.entries(rest).map(([name, value]) => {
    const kind = name.replace(/(Min|Max)$/, ""); // the ends of a range are shown as their value is
    if (kind === "share") return [bare(label(name)), about + percent(value / 100)];
    if (kind === "amount") return [label(name), about + money(value, currency)];
    if (kind === "count") return [label(name), `${about}${value} ${counted || ""}`];
    return [label(name), ["date", "asOf", "announced"].includes(kind) ? day(value) : value];
  });
}

// Facts in words

const status = (fact) => (page.scheme ? "" : statusOf(fact)); // who defines words puts nothing forward
const statusOf = (fact) => label(fact.modality) + (fact.line === "Over" ? " · " + text("over") : "");
const voicesOf = ({ standing, voices }) => [label(standing), ...(voices > 1 ? [count(voices, "voice")] : [])].join(" · ");
const nameOf = (id) => things[id].name;
const LONGEST = 300; // characters of a name that lists, cells and headings have; exports have all
// A name among other words: one written from right to left turns none of them round.
const calledOf = (id, most = LONGEST) => cut(nameOf(id), most).replace(/^(?=.*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]).*$/u, "\u2068$&\u2069");
const isShare = (fact) => label(fact.relation).endsWith(" (%)"); // any other value stands as it is told
const valueOf = (fact) => (fact.value === "" ? "" : isShare(fact) ? percent(fact.value / 100) : fact.value);
const relation = (fact) => (fact.value === "" ? label(fact.relation) : `${bare(label(fact.relation))} ${valueOf(fact)}`);
const shareOf = ({ qualifiers: { share } }) => (state.layout === "ownership" && share ? percent(share / 100) : ""); // on the tree
const short = (fact) => valueOf(fact) || shareOf(fact) || fact.qualifiers.role || label(fact.relation);
const mood = (fact) => (fact.line === "Actual" || page.scheme ? "" : ` (${status(fact)})`); // else what is denied would read as if it were so
const told = (fact) => [calledOf(fact.from), relation(fact), ...(fact.to === undefined ? [] : [calledOf(fact.to)])].join(" — ") + mood(fact);
const listed = (fact) => (fact.to === undefined ? told(fact) : [calledOf(fact.from), fact.directed ? "→" : "–", calledOf(fact.to)].join(" "))
  + (fact.value && fact.to !== undefined ? text("colon") + valueOf(fact) : "")
  + (fact.qualifiers.role ? text("colon") + fact.qualifiers.role : "")
  + mood(fact);
