// What is seen as a picture to publish, on a light ground whatever the page's is: title, legend, sources.

const SIDES = { square: [4, 45], diamond: [4, 0], hexagon: [6, 0], triangle: [3, -90], triangleDown: [3, 90] };
const CURVE = Array.from({ length: 17 }, (_, place) => place / 16); // where a bent line has its points
const MARGIN = 20, TITLE = 22, SMALL_PRINT = 12, PNG_SCALE = 2;

// The colours of the light page; the legend's symbols have them by `var(…)`, which only a page knows.
function lightPaint() {
  const element = classed("light", make("div"));
  document.body.append(element);
  const style = getComputedStyle(element), found = {};
  for (const name of ["ground", "side", "text", "faint", "outline", "rule", ...Object.keys(page.families), ...Object.keys(page.lines)]) {
    found[name] = style.getPropertyValue(`--${name}`).trim();
  }
  element.remove();
  return found;
}

function outline(shape, { x, y }, radius) {
  if (!SIDES[shape]) return draw("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: radius.toFixed(1) });
  const [sides, turn] = SIDES[shape];
  const reach = shape === "square" ? radius * Math.SQRT2 : radius;
  const corner = (place) => {
    const angle = ((turn + (360 / sides) * place) * Math.PI) / 180;
    return `${(x + reach * Math.cos(angle)).toFixed(1)},${(y + reach * Math.sin(angle)).toFixed(1)}`;
  };
  return draw("polygon", { points: Array.from({ length: sides }, (_, place) => corner(place)).join(" ") });
}

function write(words, x, y, { size = SMALL_PRINT, fill, bold, middle, halo }) {
  const element = draw("text", { x: x.toFixed(1), y: y.toFixed(1), "font-size": size, "font-family": face, "font-weight": bold ? 600 : 400,
    "dominant-baseline": "central", fill, ...(middle ? { "text-anchor": "middle" } : {}),
    ...(halo ? { "paint-order": "stroke", stroke: halo, "stroke-width": HALO, "stroke-linejoin": "round" } : {}) });
  element.textContent = words.replace(/[\uFFFE\uFFFF]/g, ""); // which no XML may hold
  return element;
}

// Breaks words into lines that fit a width.
function breakLines(pen, words, width, size, bold) {
  const lines = [""];
  for (const word of cut(words, 600).split(" ").map((each) => cut(each, 80))) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (lines.at(-1) && widthOf(pen, longer, size, bold) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

// The head of an arrow where its line meets a node, or the mark of its standing where it begins.
function endsOf(fact, toWindow, ink) {
  const { edgeType } = network.body.edges[fact.id], size = 5 + 1.2 * widthOfLine(fact.voices) / growth;
  const end = (id, share) => {
    const near = toWindow(edgeType.getPoint(share)), node = toWindow(things[id]);
    const angle = Math.atan2(node.y - near.y, node.x - near.x), away = sizeOf(things[id]) * network.getScale() + 1;
    return { angle, x: node.x - away * Math.cos(angle), y: node.y - away * Math.sin(angle) };
  };
  const head = ({ x, y, angle }) => {
    const corner = (turn) => `${(x - 1.6 * size * Math.cos(angle + turn)).toFixed(1)},${(y - 1.6 * size * Math.sin(angle + turn)).toFixed(1)}`;
    return draw("polygon", { points: `${x.toFixed(1)},${y.toFixed(1)} ${corner(0.4)} ${corner(-0.4)}`, fill: ink });
  };
  const mark = ({ x, y, angle }) => {
    if (fact.standing === "Agreed") return draw("circle", { cx: (x - 4 * Math.cos(angle)).toFixed(1), cy: (y - 4 * Math.sin(angle)).toFixed(1), r: 4, fill: ink });
    const [dx, dy] = [-Math.sin(angle) * size, Math.cos(angle) * size];
    return draw("line", { x1: x - dx, y1: y - dy, x2: x + dx, y2: y + dy, stroke: ink, "stroke-width": 3 });
  };
  const marked = fact.standing !== "Reported";
  return [
    ...(fact.directed ? [head(end(fact.to, 0.9))] : marked ? [mark(end(fact.to, 0.9))] : []),
    ...(marked ? [mark(end(fact.from, 0.1))] : []),
  ];
}

function drawNetwork(view, paint) {
  const { scale, toWindow } = view, group = draw("g", {});
  const faded = (on) => (on ? {} : { opacity: FADED });
  for (const { year, x } of axisMarks(view)) {
    group.append(draw("line", { x1: x, x2: x, y1: 22, y2: view.height, stroke: paint.faint, "stroke-width": 0.5 }), write(year, x, 14, { fill: paint.faint, middle: true }));
  }
  for (const fact of shown.facts) {
    if (fact.to === undefined || fact.to === fact.from) continue;
    const { edgeType } = network.body.edges[fact.id], ink = paint[fact.line];
    const points = fact.bend.smooth ? CURVE.map((share) => edgeType.getPoint(share)) : [things[fact.from], things[fact.to]];
    const path = points.map(toWindow).map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
    group.append(draw("g", faded(!lit || lit.facts.has(fact.id)),
      draw("polyline", { points: path, fill: "none", stroke: ink, "stroke-width": (widthOfLine(fact.voices) * scale).toFixed(2), "stroke-dasharray": page.lines[fact.line].map((it) => it * scale).join(" ") }),
      ...endsOf(fact, toWindow, ink)));
  }
  for (const thing of drawnThings.filter(({ id }) => shown.things.has(id))) {
    const shape = outline(thing.shape, toWindow(thing), sizeOf(thing) * scale);
    for (const [name, value] of Object.entries({ fill: paint[thing.group], stroke: paint.outline, ...faded(!lit || lit.things.has(thing.id)) })) shape.setAttribute(name, value);
    group.append(shape);
  }
  for (const { lines, x, y, size, bold, tie } of placeLabels(network.canvas.getContext(), view)) {
    lines.forEach((line, place) => group.append(write(line, x, y + (place - (lines.length - 1) / 2) * size * LINE,
      { size, bold, middle: true, halo: paint.ground, fill: tie && !bold ? paint.faint : paint.text })));
  }
  return group;
}

// What shapes and lines mean, as far as they are in the picture.
function legendEntries() {
  const drawn = shown.facts.filter(({ to }) => to !== undefined);
  const has = (list, name, key) => list.some((item) => item[name] === key);
  const seen = drawnThings.filter(({ id }) => shown.things.has(id));
  return [
    ...Object.keys(page.families).filter((key) => has(seen, "group", key)).map((key) => [symbol(key), 16, label(key)]),
    ...Object.keys(page.lines).filter((key) => !page.scheme && has(drawn, "line", key)).map((key) => [stroke(key), 30, label(key)]),
    ...page.standings.filter((key) => key !== "Reported" && has(drawn, "standing", key)).map((key) => [endMark(key), 30, label(key)]),
  ];
}

function drawLegend(pen, width, paint) {
  const group = draw("g", {});
  let x = MARGIN, y = 0;
  for (const [mark, wide, words] of legendEntries()) {
    const needed = wide + 8 + widthOf(pen, capital(words), SMALL_PRINT, false) + 22;
    if (x > MARGIN && x + needed > width - MARGIN) [x, y] = [MARGIN, y + 22];
    mark.setAttribute("x", x);
    mark.setAttribute("y", y);
    group.append(mark, write(capital(words), x + wide + 8, y + 8, { fill: paint.text }));
    x += needed;
  }
  return { group, height: y + 16 };
}

function sourceLine() {
  const cited = [...new Set(shown.facts.flatMap(({ sources }) => sources))].map((number) => page.articles[number]);
  const times = tally(cited.filter((article) => article.source), ({ source: name }) => [name]);
  const names = [...times.keys()].sort((one, other) => times.get(other) - times.get(one) || (one < other ? -1 : 1));
  const dates = cited.map(({ published }) => (published || "").slice(0, 10)).filter(Boolean).sort();
  const unsigned = cited.length === 1 && !names.length ? [cited[0].title] : []; // of one article without a publisher, its title
  const who = [...names.slice(0, 8), ...unsigned].join(", ") + (names.length > 8 ? ` + ${number(names.length - 8)}` : "");
  const when = [...new Set([dates[0], dates.at(-1)].filter(Boolean).map(day))].join(" – ");
  if (!cited.length) return "PressGraph";
  return `${text("sources")}${text("colon")}${[who, count(cited.length, "article").toLocaleLowerCase(state.lang), when].filter(Boolean).join(" · ")}. PressGraph`;
}

// From where to where the window is not empty: the margins of a picture are its own.
function extent(view) {
  if (state.layout === "timeline") return [0, view.height];
  const ends = drawnThings.filter(({ id }) => shown.things.has(id)).map((thing) => [view.toWindow(thing).y, sizeOf(thing) * view.scale])
    .concat(placeLabels(network.canvas.getContext(), view).map(({ lines, y, size }) => [y, (lines.length * size * LINE) / 2]));
  const top = ends.reduce((least, [y, half]) => Math.min(least, y - half), view.height), bottom = ends.reduce((most, [y, half]) => Math.max(most, y + half), 0);
  return top < bottom ? [Math.max(0, top - MARGIN), Math.min(view.height, bottom + MARGIN)] : [0, view.height];
}

// The drawing itself: how wide it is, from where to where it goes, and its element.
function drawnPart(paint) {
  const view = frame(), [from, to] = extent(view);
  return { width: view.width, from, to, drawn: drawNetwork(view, paint) };
}

function writeSvg() {
  const paint = lightPaint(), pen = make("canvas").getContext("2d"), { width, from, to, drawn: picture_ } = drawnPart(paint);
  const inner = width - 2 * MARGIN, title = breakLines(pen, at("heading").firstElementChild.textContent, inner, TITLE, true).slice(0, 3);
  const top = MARGIN + title.length * TITLE * 1.25 + 8, key = drawLegend(pen, width, paint);
  const print = breakLines(pen, sourceLine(), inner, SMALL_PRINT, false), below = top + to - from + 12;
  const height = below + key.height + 12 + print.length * SMALL_PRINT * 1.5 + MARGIN / 2;
  const image = draw("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` },
    draw("title", {}), draw("rect", { width, height, fill: paint.ground }));
  image.firstChild.textContent = title.join(" ");
  title.forEach((line, place) => image.append(write(line, MARGIN, MARGIN + (place + 0.5) * TITLE * 1.25, { size: TITLE, bold: true, fill: paint.text })));
  const drawn = draw("svg", { y: top, width, height: to - from, viewBox: `0 ${from} ${width} ${to - from}` }, picture_);
  key.group.setAttribute("transform", `translate(0 ${below})`);
  image.append(drawn, key.group);
  print.forEach((line, place) => image.append(write(line, MARGIN, below + key.height + 18 + place * SMALL_PRINT * 1.5, { fill: paint.faint })));
  return new XMLSerializer().serializeToString(image).replace(/var\(--(\w+)\)/g, (_, name) => paint[name]);
}

// On paper stands this picture, of all that is shown: a window's canvas would be cut.
function drawPrinted() {
  if (!network || state.view !== "graph" || !shown.things.size) return;
  const back = standing();
  fitShown();
  const image = new DOMParser().parseFromString(writeSvg(), "image/svg+xml").documentElement;
  back();
  at("printed").replaceChildren(document.importNode(image, true));
}

addEventListener("beforeprint", drawPrinted);
paper.addEventListener("change", () => (paper.matches ? drawPrinted() : at("printed").replaceChildren()));

// What a page draws with is what a reader's system has; a picture takes its letters with it, and those of the
// system, in which it is written where a program leaves them out, stand second.
const PRINTED = "SourceSans";
const lettersOf = (text_) => Uint8Array.from(atob(text_), (letter) => letter.charCodeAt(0));
const faces = () => Object.entries(page.fonts).map(([weight, letters]) => `@font-face{font-family:${PRINTED};font-weight:${weight};src:url(data:font/woff2;base64,${letters})}`).join("");
let loading = null;

async function writePublished() {
  loading ??= Promise.all(Object.entries(page.fonts).map(async ([weight, letters]) => document.fonts.add(await new FontFace(PRINTED, lettersOf(letters), { weight }).load())));
  await loading;
  face = `${PRINTED}, "Source Sans 3", ${FACE}`;
  widths.clear();
  const image = writeSvg().replace("</title>", `</title><style>${faces()}</style>`);
  face = FACE;
  widths.clear();
  return image;
}

const saveSvg = async () => save("svg", await writePublished(), "image/svg+xml");

// The same as points.
async function savePicture() {
  const image = new Image();
  image.addEventListener("load", () => {
    const copy = make("canvas");
    Object.assign(copy, { width: image.width * PNG_SCALE, height: image.height * PNG_SCALE });
    copy.getContext("2d").drawImage(image, 0, 0, copy.width, copy.height);
    copy.toBlob((blob) => save("png", blob));
  });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await writePublished())}`;
}
