// Part of the exports: a map is a picture of points; lines of 30,000 facts are no drawing for a pen.

function saveMap() {
  const copy = make("canvas");
  Object.assign(copy, { width: front.width, height: front.height });
  const pen = copy.getContext("2d");
  pen.fillStyle = colour("ground");
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.globalAlpha = Number(ground.style.opacity || 1);
  pen.drawImage(ground, 0, 0);
  pen.globalAlpha = 1;
  pen.drawImage(front, 0, 0);
  copy.toBlob((blob) => save("pressgraph.png", blob));
}

EXPORTS.png = saveMap;
delete EXPORTS.svg;
