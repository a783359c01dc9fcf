// Part of the exports: a map as a drawing. What it draws with on a canvas draws here into an SVG.

// A pen that makes elements of what is drawn with it; of a name's two strokes, one element.
function svgPen(group) {
  const measure = make("canvas").getContext("2d"), round = (value) => Math.round(value * 10) / 10;
  let way = [], dashes = "";
  const add = (paint) => { if (way.length) group.append(draw("path", { d: way.join(""), opacity: pen.globalAlpha, ...paint })); };
  const pen = {
    globalAlpha: 1,
    beginPath() { way = []; },
    closePath() { way.push("Z"); },
    moveTo(x, y) { way.push(`M${round(x)} ${round(y)}`); },
    lineTo(x, y) { way.push(`L${round(x)} ${round(y)}`); },
    quadraticCurveTo(...places) { way.push(`Q${places.map(round).join(" ")}`); },
    arc(x, y, radius) {
      const half = (to) => `A${round(radius)} ${round(radius)} 0 1 1 ${round(to)} ${round(y)}`;
      way.push(`M${round(x + radius)} ${round(y)}${half(x - radius)}${half(x + radius)}Z`);
    },
    setLineDash(list) { dashes = list.join(" "); },
    fill() { add({ fill: pen.fillStyle }); },
    stroke() { add({ fill: "none", stroke: pen.strokeStyle, "stroke-width": pen.lineWidth, "stroke-dasharray": dashes }); },
    strokeText() {},
    fillText(words, x, y) {
      const size = Number(/([\d.]+)px/.exec(pen.font)[1]), bold = pen.font.startsWith("600");
      group.append(write(words, x, y, { size, bold, fill: pen.fillStyle, middle: true, halo: pen.strokeStyle }));
    },
    measureText(words) {
      measure.font = pen.font;
      return measure.measureText(words);
    },
  };
  return pen;
}

// Takes the place of the small page's own: the ground and what stands out, drawn anew on a light page.
function drawnPart(paint) {
  const before = paints, back = draw("g", { opacity: ground.style.opacity || 1 }), fore = draw("g", {});
  paints = paint;
  if (!scene.close) drawGround(svgPen(back));
  drawScene(svgPen(fore));
  paints = before;
  redraw();
  return { width: camera.width, from: 0, to: camera.height, drawn: draw("g", {}, back, fore) };
}
