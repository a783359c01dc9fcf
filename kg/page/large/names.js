// Part of the map: names, which are as large however near one is; the best known come first, and a
// name that would cover another waits until one comes nearer.

const FACE = 'system-ui, "Segoe UI", "Liberation Sans", sans-serif';
let face = FACE;
const LINE = 1.18, HALO = 4, SIZE = 13;
const widths = new Map();
const font = (size, bold) => `${bold ? "600 " : ""}${size}px ${face}`;

function widthOf(pen, words, size, bold) {
  const key = `${bold}${words}`;
  if (!widths.has(key)) {
    pen.font = font(100, bold);
    widths.set(key, pen.measureText(words).width / 100);
  }
  return widths.get(key) * size;
}

// A name as far as there is room for it.
function fitName(pen, words, size, room) {
  const letters = Array.from(words), width = widthOf(pen, words, size, true);
  return width <= room ? words : `${letters.slice(0, Math.max(3, Math.floor((letters.length * room) / width) - 1)).join("").trimEnd()}…`;
}

const meet = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

// Places a name at the first of some places where it covers none, inside the window.
function placeName(pen, lines, { spots, boxes, size = SIZE, bold = false, must = false, ...rest }) {
  const width = Math.max(...lines.map((line) => widthOf(pen, line, size, bold))), height = lines.length * size * LINE;
  for (const [across, down, x, y] of spots) {
    const middle = { x: x + across * (width / 2 + 4), y: y + down * (height / 2 + 2) };
    const box = { left: middle.x - width / 2 - 3, right: middle.x + width / 2 + 3, top: middle.y - height / 2 - 1, bottom: middle.y + height / 2 + 1 };
    const off = box.left < 0 || box.top < 0 || box.right > camera.width || box.bottom > camera.height;
    if ((off || boxes.some((other) => meet(box, other))) && !must) continue;
    boxes.push(box);
    return { lines, ...middle, box, size, bold, ...rest };
  }
  return null;
}

const around_ = ({ x, y }, radius) => [[0, 1, x, y + radius], [1, 0, x + radius, y], [-1, 0, x - radius, y], [0, -1, x, y - radius]];

function paintNames(pen, names) {
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.lineWidth = HALO;
  pen.strokeStyle = colour("ground");
  for (const { lines, x, y, size, bold, faded } of names) {
    pen.font = font(size, bold);
    pen.fillStyle = colour(faded ? "faint" : "text");
    lines.forEach((line, place) => {
      const down = y + (place - (lines.length - 1) / 2) * size * LINE;
      pen.strokeText(line, x, down);
      pen.fillText(line, x, down);
    });
  }
}
