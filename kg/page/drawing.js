// Last part: the network, drawn by vis-network.

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function theme() {
  const groups = {};
  for (const { id } of page.families) {
    const paint = { background: colour(id), border: colour("outline") };
    const chosen = { ...paint, border: colour("text") };
    groups[id] = {
      color: { ...paint, highlight: chosen, hover: chosen },
      font: { color: colour("text"), background: colour("ground"), strokeColor: colour("ground") },
    };
  }
  return groups;
}

const HIDDEN = { color: "transparent", strokeColor: "transparent" };

function styled(edge) {
  const paint = colour(edge.fact.ended ? "Ended" : edge.fact.modality);
  return {
    ...edge,
    label: edge.fact.value ? percent(edge.fact.value / 100) : edge.label,
    color: { color: paint, highlight: colour("text"), hover: colour("text") },
    font: crowded.has(edge.id) ? HIDDEN : { color: colour("faint"), strokeColor: colour("ground") },
    chosen: { label: reveal },
  };
}

function reveal(values) {
  values.color = colour("text");
  values.strokeColor = colour("ground");
}

// Finds the labels of edges that would cover a name or another label: these show when
// chosen only. What is said seldom goes first.
function findCrowded() {
  const boxes = nodes.map(({ id }) => {
    const box = network.getBoundingBox(id);
    return { ...box, bottom: box.bottom + 12 }; // vis-network leaves out the gap above a name
  });
  const count = {};
  for (const { fact } of edges) count[fact.relation] = (count[fact.relation] || 0) + 1;
  const common = ({ fact }) => (fact.value || fact.qualifiers.role ? 0 : count[fact.relation]);
  for (const { id } of [...edges].sort((one, other) => common(one) - common(other))) {
    const { left, top, width, height } = network.body.edges[id].labelModule.size;
    const box = { left: left - 3, top: top - 3, right: left + width + 3, bottom: top + height + 3 };
    if (boxes.some((other) => meet(box, other))) crowded.add(id);
    else boxes.push(box);
  }
}

// Leaves out crowded labels, once one is near enough for labels to be drawn, and so measured.
function thin(drawn) {
  if (thinned || network.getScale() < 0.3) return;
  thinned = true;
  for (let times = 0; times < 2; times += 1) network.redraw(); // boxes are right once drawn twice
  findCrowded();
  drawn.update(edges.map(styled));
}

function meet(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function showTip(at, ...children) {
  tip.replaceChildren(...children);
  tip.hidden = false;
  const { width, height } = tip.getBoundingClientRect();
  const { right, bottom } = document.getElementById("network").getBoundingClientRect();
  tip.style.left = Math.max(4, Math.min(at.clientX + 14, right - width - 8)) + "px";
  tip.style.top = Math.max(4, Math.min(at.clientY + 14, bottom - height - 8)) + "px";
}

function hover(event) {
  if (network.getSelectedEdges().includes(event.edge)) return; // the panel says it already
  const { fact } = facts.get(event.edge);
  const said = qualifiers(fact).map(([term, text]) => `${term} : ${text}`);
  if (fact.by) said.push(`${texts.by} ${fact.by}`);
  showTip(event.event, make("strong", told(facts.get(event.edge))), ...quotes(fact),
    faint([status(fact), ...said].join(" · ")), ...sources(fact).map((line) => faint(line.textContent)));
}

function listen() {
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    tip.hidden = true;
    if (node !== undefined) showThing(things.get(node));
    else if (edge !== undefined) showFact(facts.get(edge));
    else showWhole();
  });
  network.on("hoverEdge", hover);
  network.on("hoverNode", ({ node, event }) => {
    const { thing } = things.get(node);
    showTip(event, make("strong", thing.name), faint(capital(label(thing.kind))));
  });
  for (const event of ["blurEdge", "blurNode", "dragStart", "zoom"]) network.on(event, () => { tip.hidden = true; });
  const whole = document.getElementById("whole");
  whole.hidden = false;
  whole.addEventListener("click", () => {
    network.unselectAll();
    network.fit();
    showWhole();
  });
}

function showNetwork() {
  const drawn = { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges.map(styled)) };
  network = new vis.Network(document.getElementById("network"), drawn, { ...options, groups: theme() });
  let fitted = true;
  const fit = () => network.fit({ maxZoomLevel: 1.3 });
  network.on("resize", () => { if (fitted) fit(); });
  for (const event of ["zoom", "dragStart"]) network.on(event, () => { fitted = false; });
  fit();
  thin(drawn.edges);
  network.on("zoom", () => thin(drawn.edges));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    network.setOptions({ groups: theme() });
    drawn.nodes.update(nodes);
    drawn.edges.update(edges.map(styled));
  });
  listen();
}

showLegend();
if (nodes.length) showNetwork();
showWhole();
window.pressgraph = { network, select }; // for who looks from the console, and for the tests
