// Part of the panel: what one sees first: communities, the best known, the newest; and one community.

const FIRST = 15; // of the best known and of the newest that are listed
const WIDEST = 60; // members that an island's panel lists

const listOf = (items) => make("ul", null, ...items.map((item) => make("li", null, item)));
const openThingOf = (thing) => button(`${cut(thing.name, 120)} (${number(thing.facts.length)})`, () => { choose(thing); centre(); });
const openFact = (fact) => button(listed(fact), () => { choose(fact); centre(); });

const shownOf = ({ members }) => members.filter((id) => shown.things.has(id));

function openIslandOf(island, words = count(shownOf(island).length, "thing")) {
  const open = button(islandName(island), () => openIsland(island.number));
  open.append(" ", classed("faint", make("span", words)));
  return open;
}

// The day on which an article last said a fact.
const newsDay = (fact) => fact.sources.map((source) => page.articles[source].published || "").reduce((one, other) => (one > other ? one : other), "");

// Takes the place of the small page's own: what the panel tells while nothing is selected.
function wholePanel() {
  return state.island !== null && !state.focus ? islandPanel(islands[state.island]) : overviewPanel();
}

function overviewPanel() {
  const best = ranked.filter(({ id, group }) => shown.things.has(id) && !ASIDE.has(group)).slice(0, FIRST);
  const seen = islands.filter((island) => shownOf(island).length);
  const newest = shown.facts.map((fact) => [newsDay(fact), fact]).filter(([day_]) => day_)
    .sort(([one, a], [other, b]) => (one < other ? 1 : one > other ? -1 : a.id - b.id)).slice(0, FIRST);
  return [
    ...(page.scheme ? schemeWords() : [make("h2", text("overview"))]),
    classed("faint hint", make("p", text("mapHint"))),
    leftOut() ? faint(leftOut()) : null,
    make("h3", `${text("communities")} (${number(seen.filter(({ best }) => best.length).length)})`), listOf(seen.map((island) => openIslandOf(island))),
    make("h3", text("bestKnown")), listOf(best.map(openThingOf)),
    ...movedList(),
    newest.length ? make("h3", text("newest")) : null,
    newest.length ? make("ul", null, ...newest.map(([date, fact]) => make("li", null, faint(day(date.slice(0, 10))), openFact(fact)))) : null,
  ];
}

function islandPanel(island) {
  const title = heading(islandName(island));
  const close = button("×", showWhole);
  close.setAttribute("aria-label", text("close"));
  if (!state.select) title.append(close);
  const near = straitsOf(island).slice(0, FIRST);
  const members = shownOf(island);
  return [
    title,
    classed("kind", make("p", `${text("community")} · ${count(members.length, "thing")} · ${countClaims(shown.facts.length)}`)),
    classed("actions", make("p", null, button(text("asTable"), () => go({ view: "table" })))),
    make("h3", text("members")), listOf(members.slice(0, WIDEST).map((id) => openThingOf(things[id]))),
    members.length > WIDEST ? faint(`… (${number(members.length)})`) : null,
    near.length ? make("h3", text("linkedTo")) : null,
    near.length ? listOf(near.map(([other, times]) => openIslandOf(islands[other], countClaims(times)))) : null,
  ];
}

// The islands that an island's facts lead to, with how many do.
function straitsOf(island) {
  const times = new Map();
  for (const id of island.all) {
    for (const fact of things[id].facts) {
      const there = fact.to === undefined ? island.number : islandOf(fact.from === id ? fact.to : fact.from);
      if (there !== island.number && passes(fact)) times.set(there, (times.get(there) || 0) + 1);
    }
  }
  return [...times].sort(([a, one], [b, other]) => other - one || a - b);
}
