// Second part: things and facts, and which of them are shown.

const things = [];
for (const { id, x, y, label: name, group, shape, thing } of [...nodes, ...page.lone]) {
  const [iri, kind, aliases, links] = thing;
  things[id] = { id, x, y, name, group, shape, iri, kind, aliases, links, facts: [], mentions: [] };
}
const facts = [...edges, ...page.values].map(readFact);
// What a line is called: a fact where one article speaks, a claim where several do.
const tie = page.articles.length > 1 ? "claim" : "fact";
const drawnThings = things.filter(({ x }) => x !== undefined);

// What a line stands for: a claim, with each fact that says so, the latest one last.
function readFact({ from, to, arrows, smooth, selfReference, fact }, id) {
  const [iri, name, line, modality, value, confidence, standing, voices, list] = fact;
  const said = list.map(readSaid);
  const now = said.filter((one) => one.line === line && one.modality === modality); // what puts it as it is put now
  const evidence = [...now].reverse().concat(said.filter((one) => !now.includes(one))).flatMap((one) => one.evidence);
  const qualifiers = Object.assign({}, ...now.map((one) => one.qualifiers));
  const read = {
    id, iri, from, to, relation: name, line, modality, value, confidence, standing, voices, said, evidence, qualifiers,
    by: [...new Set(now.map((one) => one.by).filter(Boolean))].join(", "),
    directed: arrows === "to", bend: { smooth, selfReference },
    date: page.dates.map((key) => qualifiers[key]).find(Boolean) || "",
    sources: [...new Set(evidence.map(([article]) => article))],
  };
  things[from].facts.push(read);
  if (to !== undefined && to !== from) things[to].facts.push(read);
  return read;
}

function readSaid([iri, line, modality, confidence, by, qualifiers, terms, evidence, ends]) {
  const article = evidence.length ? evidence[0][0] : -1;
  const published = (page.articles[article]?.published || "").slice(0, 10);
  return { iri, line, modality, confidence, by, qualifiers, terms, evidence, ends, article, published };
}

// How much a thing weighs: how many voices speak of it.
const weightOf = ({ facts: list }) => list.reduce((sum, { voices }) => sum + Math.max(1, voices), 0);

page.articles.forEach((article, number) => {
  for (const mention of article.mentions) things[mention[2]].mentions.push(number);
});

// Whom a line belongs to, for the filters: publishers, periods and countries (by their codes), each "" where none is known.

const GROUPS = ["publisher", "period", "country"];
const yearsTold = new Set(page.articles.map(({ published }) => (published || "").slice(0, 4)));
const periodOf = ({ published }) => (published || "").slice(0, yearsTold.size > 1 ? 4 : 7); // months where all are of one year
const groupOf = (keys) => (keys.length ? [...new Set(keys)] : [""]);

function countriesOf(thing) {
  if (thing.kind === "Country") return [page.countries[thing.name] || thing.name];
  return thing.facts.filter(({ relation: name, from, to }) => (name === "basedIn" || name === "operatesIn") && from === thing.id
    && things[to]?.kind === "Country").flatMap(({ to }) => countriesOf(things[to]));
}

for (const fact of facts) {
  const articles = fact.sources.map((number) => page.articles[number]);
  fact.publisher = groupOf(articles.map((article) => article.source || ""));
  fact.period = groupOf(articles.map(periodOf));
  fact.country = groupOf([fact.from, fact.to].filter((id) => id !== undefined).flatMap((id) => countriesOf(things[id])));
}

// Articles: offsets count characters, not UTF-16 units. An article without its text has blocks too:
// its sentences that prove something.

function charactersOf(article) {
  article.characters ??= Array.from(article.text || "");
  return article.characters;
}

const slice = (article, begin, end) => charactersOf(article).slice(begin, end).join("");

function blocksOf(article) {
  if (article.blocks) return article.blocks;
  article.blocks = [];
  if (!article.text) {
    for (const [begin, said] of [...article.sentences].sort((one, other) => one[0] - other[0])) {
      article.blocks.push({ begin, characters: Array.from(said) });
    }
  } else {
    let begin = 0;
    for (const part of article.text.split("\n")) {
      const characters = Array.from(part);
      if (part.trim()) article.blocks.push({ begin, characters });
      begin += characters.length + 1;
    }
  }
  return article.blocks;
}

const endOf = ({ begin, characters }) => begin + characters.length;

// A sentence: where it begins and ends, and its paragraph.
function passage(evidence) {
  const article = page.articles[evidence[0]];
  const [begin, end] = article.sentences[evidence[1]];
  if (typeof end === "string") return { article, begin, end: begin + Array.from(end).length, block: { begin, characters: Array.from(end) } };
  const around = blocksOf(article).find((block) => block.begin <= begin && end <= endOf(block));
  return { article, begin, end, block: around || { begin, characters: charactersOf(article).slice(begin, end) } };
}

// What is shown

const shown = { things: new Set(), facts: [] };
// Whether a fact is left by the filters, or by all but one: which is what each choice of that one would show.
const passes = (fact, but) => ["relation", "line", "standing"].every((name) => name === but || !state.off[name].has(fact[name]))
  && fact.confidence * 100 >= state.least - 0.01
  && (but === "kind" || (!state.off.kind.has(things[fact.from].group) && (fact.to === undefined || !state.off.kind.has(things[fact.to].group))))
  && !state.hide.has(fact.from) && !state.hide.has(fact.to)
  && GROUPS.every((name) => name === but || fact[name].some((key) => !state.off[name].has(key)));

function findShown() {
  const passed = facts.filter(passes);
  const near = state.path ? findPath(passed, ...state.path) : state.focus ? findNear(passed, ...state.focus)
    : state.island !== null ? new Map(islands[state.island].all.map((id) => [id, 0])) : null;
  shown.near = near;
  shown.facts = passed.filter(({ from, to }) => !near || (near.has(from) && (to === undefined || near.has(to))));
  if (state.path) shown.facts = shown.facts.filter(({ from, to }) => to !== undefined && Math.abs(near.get(from) - near.get(to)) === 1);
  if (state.layout === "ownership") shown.facts = shown.facts.filter((fact) => ownersOf(fact));
  shown.things = new Set(shown.facts.flatMap(({ from, to }) => (to === undefined ? [from] : [from, to])));
}

function neighbours(list) {
  const found = new Map();
  const add = (one, other) => (found.get(one) || found.set(one, []).get(one)).push(other);
  for (const { from, to } of list) {
    if (to === undefined || to === from) continue;
    add(from, to);
    add(to, from);
  }
  return found;
}

// Goes through what is linked, nearest first: thing → number of steps, and the thing before.
function walk(list, start, most = Infinity) {
  const near = neighbours(list), steps = new Map([[start, 0]]), before = new Map();
  for (const here of steps.keys()) { // a Map goes on to what is added meanwhile
    if (steps.get(here) >= most) continue;
    for (const next of near.get(here) || []) {
      if (steps.has(next)) continue;
      steps.set(next, steps.get(here) + 1);
      before.set(next, here);
    }
  }
  return { steps, before };
}

const findNear = (list, start, most) => walk(list, start, most).steps;

// What much else has to do with: no path leads through it, as none of `kg network path` does.
const ASIDE = new Set(["Place", "CooperationArea", "Market"]);

// The things of a shortest path in order, each with its place; none where there is no path.
function findPath(list, start, end) {
  const through = (id) => id === start || id === end || !ASIDE.has(things[id].group);
  const { steps, before } = walk(list.filter(({ from, to }) => to !== undefined && through(from) && through(to)), start);
  if (!steps.has(end)) return new Map();
  const way = [end];
  while (way[0] !== start) way.unshift(before.get(way[0]));
  return new Map(way.map((id, place) => [id, place]));
}
