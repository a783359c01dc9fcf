// Eleventh part: the network, drawn by vis-network.

const LARGE = 3000; // edges from which lines wait until a drag or a zoom is over, and nothing follows the mouse
const BUTTONS = 60; // pixels below the network
const TWICE = 500; // milliseconds within which two double clicks are one
const tip = at("tip");
let network = null;
let hovered = null;
let paints = {};

const colour = (name) => (paints[name] ??= getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
const sizeOf = ({ facts: said }) => growth * (7 + 4 * Math.sqrt(Math.min(said.length, 40)));
let growth = 1; // of nodes and lines where all are seen from afar, so that they are seen at all

function groups() {
  const found = {};
  for (const group of Object.keys(page.families)) {
    const paint = { background: colour(group), border: colour("outline") };
    const chosen = { ...paint, border: colour("text") };
    found[group] = { color: { ...paint, highlight: chosen, hover: chosen } };
  }
  return found;
}

function linePaints() {
  const own = (paint) => ({ color: paint, highlight: paint, hover: paint }); // what is chosen is wider, and tells its modality still
  return Object.fromEntries(Object.keys(page.lines).map((line) => [line, own(colour(line))]));
}

// A line is the wider the more voices say so; the mark where it begins tells how they go together.
const widthOfLine = (voices) => growth * Math.min(7, 1.6 + 1.3 * Math.log2(Math.max(1, voices)));
const TAILS = { Agreed: { enabled: true, type: "circle", scaleFactor: 0.55 }, Disputed: { enabled: true, type: "bar", scaleFactor: 0.9 } };
const tail = (standing) => (TAILS[standing] ? { ...TAILS[standing], scaleFactor: TAILS[standing].scaleFactor * growth } : { enabled: false });

function drawnEdges() {
  const paint = linePaints();
  return facts.filter(({ to }) => to !== undefined).map(({ id, from, to, line, directed, bend, standing, voices }) => {
    const edge = { id, from, to, color: paint[line] };
    if (page.lines[line].length) edge.dashes = page.lines[line].map((length) => length * growth);
    edge.width = widthOfLine(voices);
    edge.arrows = { to: directed ? { enabled: true } : tail(standing), from: tail(standing) };
    if (bend.smooth) edge.smooth = bend.smooth;
    if (bend.selfReference) edge.selfReference = bend.selfReference;
    return edge;
  });
}

const drawnNodes = () => drawnThings.map((thing) => {
  const { id, x, y, group, shape } = thing;
  return { id, x, y, group, shape, size: Math.round(sizeOf(thing)) };
});

function showNetwork() {
  const large = facts.length >= LARGE;
  growth = Math.min(nodes.length > CROWD ? 1.6 : 2.6, Math.max(1, 0.8 / room(drawnThings).scale));
  options.edges.arrows.to.scaleFactor *= growth;
  Object.assign(options.interaction, { hover: !large, hideEdgesOnDrag: large, hideEdgesOnZoom: large });
  const data = { nodes: new vis.DataSet(drawnNodes()), edges: new vis.DataSet(drawnEdges()) };
  network = new vis.Network(at("canvas"), data, { ...options, groups: groups() });
  network.canvas.frame.dataset.label = "moves";
  network.canvas.frame.setAttribute("role", "application");
  network.canvas.frame.setAttribute("aria-label", text("moves"));
  network.on("afterDrawing", (pen) => {
    const ratio = network.canvas.pixelRatio;
    pen.save();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintLabels(pen, placeLabels(pen, frame()));
    pen.restore();
  });
  network.on("beforeDrawing", (pen) => {
    const ratio = network.canvas.pixelRatio;
    pen.save();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintAxis(pen, frame());
    pen.restore();
  });
  listen(data);
}

// The window on the network: how near, how large, and where a point of the network stands in it.
function frame() {
  const scale = network.getScale(), middle = network.getViewPosition(), { width, height } = canvasSize();
  const toWindow = (point) => {
    const { x, y } = network.body.nodes[point.id] || point; // who drags a node moves its name
    return { x: (x - middle.x) * scale + width / 2, y: (y - middle.y) * scale + height / 2 };
  };
  return { scale, width, height, toWindow };
}

const pointOn = (fact, share) => {
  if (fact.from !== fact.to) return network.body.edges[fact.id].edgeType.getPoint(share);
  const { x, y } = network.body.nodes[fact.from];
  return { x: x + sizeOf(things[fact.from]) + 30, y: y - sizeOf(things[fact.from]) - 30 };
};

// Things and facts whose names are written whatever they cover.
function chosenThings() {
  const { select } = state, chosen = new Set();
  chosen.facts = new Set(hovered === null ? [] : [hovered]);
  if (select?.facts) chosen.add(select.id);
  else if (select?.relation) {
    chosen.facts.add(select.id);
    chosen.add(select.from);
    chosen.add(select.to);
  }
  return chosen;
}

// Hides what is filtered. Through the DataSets vis-network would make all 15,000 edges anew.
function hideRest() {
  if (!network) return;
  const drawn = new Set(shown.facts.map(({ id }) => id));
  let changed = arrange();
  for (const [items, kept] of [[network.body.nodes, shown.things], [network.body.edges, drawn]]) {
    for (const [id, { options: own }] of Object.entries(items)) {
      changed ||= own.hidden === kept.has(Number(id));
      own.hidden = !kept.has(Number(id));
    }
  }
  if (changed) network.body.emitter.emit("_dataChanged");
}

// Where to stand to see some points, with a margin for the names of those at the rim and for the buttons.
function room(points) {
  const { width, height } = canvasSize();
  const ends = (list) => [list.reduce((one, other) => Math.min(one, other)), list.reduce((one, other) => Math.max(one, other))];
  const [left, right] = ends(points.map(({ x }) => x)), [top, bottom] = ends(points.map(({ y }) => y));
  const margin = Math.min(80, width / 8);
  const scale = Math.min(1.3, (width - 2 * margin) / (right - left || 1), Math.max(100, height - margin - BUTTONS - covered()) / (bottom - top || 1));
  return { position: { x: (left + right) / 2, y: (top + bottom) / 2 + BUTTONS / 4 / scale }, scale };
}

function fitShown() {
  const drawn = [...shown.things].map((id) => network?.body.nodes[id]).filter(Boolean);
  if (!drawn.length) return;
  const { position, scale } = room(drawn);
  moveTo(position, scale);
}

// Where one stands, as what leads back there.
function standing() {
  const before = { position: network.getViewPosition(), scale: network.getScale() };
  return () => network.moveTo(before);
}

function markNetwork() {
  if (!network) return;
  const { select } = state;
  const chosen = { nodes: [], edges: [] };
  if (select?.facts && network.body.nodes[select.id]) chosen.nodes.push(select.id);
  if (select?.relation && network.body.edges[select.id]) chosen.edges.push(select.id);
  fade();
  network.setSelection(chosen, { highlightEdges: false });
  uncover();
}

// Pixels of the network that the panel covers: on a phone, it is a sheet.
const covered = () => (getComputedStyle(panel).position === "fixed" ? panel.offsetHeight : 0);

const litNodes = () => [...(lit?.things || [])].map((id) => network.body.nodes[id]).filter(Boolean);

// Brings what is selected into view with what is next to it, near enough for names to be read where all have room.
function centre() {
  const nodes_ = network ? litNodes() : [];
  if (!nodes_.length || state.view !== "graph") return;
  const { position, scale } = room(nodes_);
  moveTo(position, Math.min(scale, Math.max(network.getScale(), 0.9 / growth)));
}

function moveTo({ x, y }, scale) {
  network.moveTo({ position: { x, y }, scale, offset: { x: 0, y: -covered() / 2 } });
}

// Moves what is selected and what is next to it into the window, and out from under the sheet.
function uncover() {
  const { width, height, toWindow } = frame(), nodes_ = state.select?.days ? [] : litNodes();
  const outside = ({ x, y }) => x < 0 || y < 0 || x > width || y > height - covered();
  if (!nodes_.some((node) => outside(toWindow(node)))) return;
  const { position, scale } = room(nodes_);
  moveTo(position, Math.min(scale, network.getScale()));
}

function repaint(data) {
  paints = {};
  network.setOptions({ groups: groups() });
  data.nodes.update(drawnNodes().map(({ id, group }) => ({ id, group })));
  const paint = linePaints();
  data.edges.update(data.edges.map(({ id }) => ({ id, color: paint[facts[id].line] })));
  hideRest();
  fade();
  network.redraw();
}

function showTip(pointer, ...children) {
  tip.replaceChildren(...children);
  tip.hidden = false;
  const { width, height } = tip.getBoundingClientRect();
  const { right, bottom } = at("network").getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(pointer.clientX + 14, right - width - 8))}px`;
  tip.style.top = `${Math.max(4, Math.min(pointer.clientY + 14, bottom - height - 8))}px`;
}

function hover({ edge, event }) {
  hovered = edge;
  const fact = facts[edge];
  if (fact === state.select) return; // the panel says it already
  showTip(event, ...tipOf(fact));
}

const pinOf = (id) => [id, { x: Math.round(network.body.nodes[id].x), y: Math.round(network.body.nodes[id].y) }];

function leave() {
  tip.hidden = true;
  hovered = null;
}

function listen(data) {
  let fitted = true;
  network.on("resize", () => { if (fitted) fitShown(); });
  for (const event of ["zoom", "dragStart"]) network.on(event, () => { fitted = false; });
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    leave();
    choose(node !== undefined ? things[node] : edge !== undefined ? facts[edge] : null);
  });
  let doubled = -Infinity; // vis-network knows a double tap, but where much else runs it misses double clicks
  const unfold = (node) => {
    if (node === undefined || performance.now() - doubled < TWICE) return;
    doubled = performance.now();
    go({ focus: [node, state.focus?.[0] === node && state.focus[1] === 1 ? 2 : 1], path: null });
  };
  network.on("doubleClick", ({ nodes: [node] }) => unfold(node));
  network.canvas.frame.addEventListener("dblclick", ({ offsetX: x, offsetY: y }) => unfold(network.getNodeAt({ x, y })));
  network.on("hoverEdge", hover);
  network.on("hoverNode", ({ node, event }) => showTip(event, make("strong", cut(nameOf(node), 300)), faint(capital(label(things[node].kind)))));
  network.on("dragEnd", ({ nodes: ids }) => {
    if (ids.length) go({ pins: new Map([...state.pins, ...ids.map(pinOf)]) });
  });
  for (const event of ["blurEdge", "blurNode", "dragStart", "zoom"]) network.on(event, leave);
  const zoom = (factor) => () => { fitted = false; network.moveTo({ scale: network.getScale() * factor }); };
  const keys = { "+": zoom(1.4), "=": zoom(1.4), "-": zoom(1 / 1.4), Home: () => at("whole").click() };
  network.canvas.frame.addEventListener("keydown", (event) => { // vis-network's own, which are off, go by the place of a key on an American keyboard
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    keys[event.key]();
  }, true);
  at("in").addEventListener("click", zoom(1.4));
  at("out").addEventListener("click", zoom(1 / 1.4));
  at("whole").addEventListener("click", () => { fitted = true; go({ select: null, focus: null, path: null, hide: new Set() }); fitShown(); });
  network.repaint = () => repaint(data);
}
