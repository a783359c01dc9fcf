// What is new since last time: how far the graph had come then is kept by the browser, for each graph.
const KEY = `pressgraph-${document.body.dataset.graph}`;
const start = document.getElementById("since");
const seen = document.getElementById("seen");

function recall() {
  try {
    return localStorage.getItem(KEY) || "";
  } catch {
    return ""; // a browser that keeps nothing
  }
}

function keep(mark) {
  try {
    localStorage.setItem(KEY, mark);
  } catch {
    // as above
  }
}

if (start) {
  const last = recall();
  if (!last) keep(start.dataset.mark);
  else if (last !== start.dataset.mark) {
    const link = document.createElement("a");
    const lang = new URLSearchParams(location.search).get("lang");
    link.href = `news?${new URLSearchParams({ since: last, ...(lang ? { lang } : {}) })}`;
    link.textContent = start.dataset.told;
    start.append(link);
    start.hidden = false;
  }
}
if (seen) keep(seen.dataset.mark);
// Questions were asked at this address before they had one of their own.
if (start && /[#&](question|query)=/.test(location.hash)) location.replace(`ask${location.hash}`);
