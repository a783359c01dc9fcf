// Part of the exports: a map is a picture of points; lines of 30,000 facts are no drawing for a pen.

// Takes the place of the small page's own: the ground and what stands out, drawn anew on a light page.
function drawnPart(paint) {
  const copy = make("canvas"), fine = Math.max(PNG_SCALE, devicePixelRatio || 1), pen = fitCanvas(copy, fine), paints_ = paints, { width, height } = camera;
  const lay = (act, opacity) => {
    const layer = make("canvas");
    act(fitCanvas(layer, fine));
    pen.globalAlpha = opacity;
    pen.drawImage(layer, 0, 0, width, height);
  };
  paints = paint;
  if (!scene.close) lay(drawGround, Number(ground.style.opacity || 1));
  lay(drawScene, 1);
  paints = paints_;
  redraw();
  return { width, from: 0, to: height, drawn: draw("image", { width, height, href: copy.toDataURL() }) };
}

delete EXPORTS.svg;
