// Part of the drawing: what is not next to what is selected fades.

const FADED = 0.12;
let lit = null; // things and facts that stand out; null where all do

function findLit() {
  const { select } = state;
  if (!select) return null;
  const about = (fact) => (select.days ? ofDays(fact, select)
    : select.relation ? fact.id === select.id : fact.from === select.id || fact.to === select.id);
  const list = shown.facts.filter(about);
  if (!list.length) return null;
  return { facts: new Set(list.map(({ id }) => id)), things: new Set(list.flatMap(({ from, to }) => (to === undefined ? [from] : [from, to]))) };
}

function fade() {
  lit = findLit();
  for (const [id, node] of Object.entries(network.body.nodes)) {
    node.options.opacity = !lit || lit.things.has(Number(id)) ? 1 : FADED;
    node.options.borderWidth = state.pins.has(Number(id)) ? 4 : options.nodes.borderWidth;
  }
  for (const [id, edge] of Object.entries(network.body.edges)) {
    edge.options.color = { ...edge.options.color, opacity: !lit || lit.facts.has(Number(id)) ? 1 : FADED };
  }
}
