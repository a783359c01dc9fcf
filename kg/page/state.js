// Third part: what the reader has chosen, and how it stands in the address, so that a view can be shared.

const system = matchMedia("(prefers-color-scheme: dark)"), paper = matchMedia("print"); // paper is white
const FILTERS = ["relation", "line", "standing", "kind", "publisher", "period", "country"];
const LAYOUTS = ["", "around", "ownership", "timeline"];
const UNDONE = ["off", "least", "focus", "path", "island", "hide", "pins", "layout", "centre"]; // changes that one may undo
const VISITED = ["view", "select", "sort", ...UNDONE]; // changes that the browser leads back from
const PHONE = 760; // pixels up to which the panel is a sheet
const past = [];
let latest = ""; // what was changed last
const wide = () => innerWidth >= 1180;
// How large the drawing is, or would be: it may be hidden behind another view, and in a notebook the whole frame may be.
const canvasSize = () => ({ width: at("canvas").clientWidth || innerWidth || 800, height: at("canvas").clientHeight || innerHeight || 600 });

const home = () => ({
  view: "graph", side: wide() ? "legend" : "", article: 0, select: null, focus: null, path: null, island: null, least: 0,
  layout: "", centre: null, hide: new Set(), pins: new Map(),
  off: Object.fromEntries(FILTERS.map((name) => [name, new Set()])),
  sort: ["", 1], theme: "",
  lang: page.lang || (navigator.language.toLowerCase().startsWith("fr") ? "fr" : "en"),
});
const state = home();

// IRIs without what they have in common, and back.
const common = commonStart([...things, ...facts].map(({ iri }) => iri));
const known = new Map([...things, ...facts].map((item) => [brief(item.iri), item]));
for (const fact of facts) for (const { iri } of fact.said) known.set(brief(iri), fact); // an address may name what one article says

function commonStart(iris) {
  let start = iris[0] || "";
  for (const iri of iris) while (!iri.startsWith(start)) start = start.slice(0, -1);
  return start.slice(0, start.lastIndexOf("/") + 1);
}

function brief(iri) {
  return iri.startsWith(common) ? iri.slice(common.length) : iri;
}

function writeState() {
  const said = new URLSearchParams();
  const usual = home();
  for (const name of ["view", "side", "article", "least", "theme", "layout", "island"]) if (state[name] !== usual[name]) said.set(name, state[name]);
  if (state.lang !== usual.lang) said.set("lang", state.lang);
  if (state.sort[0]) said.set("sort", state.sort.join("~"));
  for (const name of FILTERS) if (state.off[name].size) said.set(`no-${name}`, [...state.off[name]].sort().join("~"));
  const { select } = state;
  if (select) said.set(select.days ? "days" : "select", select.days ? [...select.days, ...(select.line ? [select.line] : [])].join("~") : brief(select.iri));
  if (state.focus) said.set("focus", [brief(things[state.focus[0]].iri), state.focus[1]].join("~"));
  if (state.path) said.set("path", state.path.map((id) => brief(things[id].iri)).join("~"));
  if (state.centre !== null) said.set("centre", brief(things[state.centre].iri));
  if (state.hide.size) said.set("hide", [...state.hide].map((id) => brief(things[id].iri)).sort().join("~"));
  if (state.pins.size) said.set("pin", [...state.pins].map(([id, { x, y }]) => [brief(things[id].iri), x, y].join("@")).sort().join("~"));
  return said.toString();
}

function readState(hash) {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const read = home();
  const oneOf = (name, ...allowed) => { if (allowed.includes(said.get(name))) read[name] = said.get(name); };
  oneOf("view", "graph", "table");
  oneOf("side", "legend", "article", "");
  oneOf("lang", ...Object.keys(page.texts));
  oneOf("theme", "light", "dark");
  oneOf("layout", ...LAYOUTS);
  if (page.articles[said.get("article")]) read.article = Number(said.get("article"));
  read.least = Math.min(100, Math.max(0, Number(said.get("least")) || 0));
  for (const name of FILTERS) read.off[name] = new Set((said.get(`no-${name}`) || "").split("~").slice(0, said.has(`no-${name}`) ? undefined : 0));
  if (said.get("sort")) read.sort = [said.get("sort").split("~")[0], said.get("sort").endsWith("~-1") ? -1 : 1];
  const thing = (name) => (known.get(name)?.facts ? known.get(name).id : undefined);
  read.centre = thing(said.get("centre")) ?? null;
  read.hide = new Set((said.get("hide") || "").split("~").map(thing).filter((id) => id !== undefined));
  for (const pin of (said.get("pin") || "").split("~")) {
    const [, name, x, y] = /^(.+)@(-?\d+)@(-?\d+)$/.exec(pin) || [];
    if (thing(name) !== undefined) read.pins.set(thing(name), { x: Number(x), y: Number(y) });
  }
  const [centre, steps] = (said.get("focus") || "").split("~");
  if (thing(centre) !== undefined) read.focus = [thing(centre), steps === "2" ? 2 : 1];
  const ends = (said.get("path") || "").split("~").map(thing);
  if (ends.length === 2 && !ends.includes(undefined)) read.path = ends;
  if (page.islands && said.has("island") && Number(said.get("island")) in islands) read.island = Number(said.get("island"));
  read.select = known.get(said.get("select")) || null;
  const days = (said.get("days") || "").split("~");
  if (days.length === 2 || page.lines[days[2]]) read.select = { days: days.slice(0, 2), ...(days[2] && { line: days[2] }) };
  return read;
}

// Changes what is chosen, tells the address, and shows it.
function go(change) {
  const before = writeState();
  if (change.select && innerWidth <= PHONE && state.view === "graph") change = { side: state.side === "legend" ? "" : state.side, ...change }; // else the legend and the sheet cover all
  const names = Object.keys(change);
  Object.assign(state, change);
  const moved = writeState() !== before;
  if (names.some((name) => UNDONE.includes(name)) && moved) past.push(before);
  const slid = names.join() === "least" && latest === "least"; // a slider that goes on is one change
  tellAddress(moved && !slid && names.some((name) => VISITED.includes(name)));
  latest = names.join();
  show(names);
}

function tellAddress(visited = false) {
  const address = `#${writeState()}`;
  // A notebook's frame has no address that may be changed.
  try { history[visited ? "pushState" : "replaceState"](null, "", address); } catch { /* the view is shown all the same */ }
}

function undo() {
  if (!past.length) return;
  const { theme, lang, side } = state;
  Object.assign(state, readState(past.pop()), { theme, lang, side });
  tellAddress();
  show(ALL);
}

// Chooses a thing or a fact; while a path wants its other end, a thing is that.
let pathFrom = null;

function choose(item) {
  if (pathFrom !== null && item?.facts && item.id !== pathFrom) {
    const path = [pathFrom, item.id];
    pathFrom = null;
    go({ path, focus: null, select: null });
  } else {
    go({ select: item });
  }
}

function startPath(id) {
  pathFrom = id;
  show([]);
  at("query").focus();
}
