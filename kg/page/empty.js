// What is said where nothing is shown: what hides it, and how to see it again.

const FILTER_NAMES = { relation: "relation", line: "modality", standing: "standing", kind: "things", publisher: "publishers", period: "periods", country: "countries" };

function emptyWords() {
  if (!facts.length) return [make("p", text("empty"))];
  if (state.path) return [make("p", text("noPath"))];
  const reasons = FILTERS.filter((name) => state.off[name].size).map((name) => text(FILTER_NAMES[name]));
  if (state.least) reasons.push(`${text("confidence")} ≥ ${percent(state.least / 100)}`);
  if (state.hide.size) reasons.push(`${text("hidden")} (${number(state.hide.size)})`);
  if (state.layout === "ownership") reasons.push(text("ownershipOnly"));
  const words = `${text("nothingShown")} ${count(facts.length, tie)}${text("colon")}${reasons.join(", ")}.`;
  return [make("p", words), button(text("reset"), () => go({ off: home().off, least: 0, hide: new Set(), focus: null, island: null, layout: "" }))];
}

function showEmpty() {
  at("empty").hidden = shown.facts.length > 0 || (facts.length === 0 && drawnThings.length > 0);
  if (!at("empty").hidden) at("empty").replaceChildren(...emptyWords());
}
