// A drawing may take seconds: until it is there, the page says that it comes.
const waiting = document.getElementById("waiting");

function sayWaiting(event) {
  const goal = event.target.closest(event.type === "click" ? "a[href^='explore']" : "form[action='explore']");
  if (goal && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey) waiting.textContent = waiting.dataset.told;
}

// Where it is not there yet, the page goes on to it when it is; who types meanwhile is asked.
const coming = document.getElementById("coming");

async function goOn() {
  const seen = new AbortController();
  await fetch(location.href, { signal: seen.signal, headers: { Accept: "text/html" } }).catch(() => 0);
  seen.abort(); // that it is there is enough
  if (!document.getElementById("typed").value) return location.reload();
  const link = document.createElement("a");
  [link.href, link.textContent] = [location.href, coming.dataset.told];
  coming.append(link);
}

// The communities of an overview take longer than the rest of it: they come into it once they are found.
const grouping = document.getElementById("grouping");

async function group() {
  grouping.textContent = grouping.dataset.told;
  const response = await fetch(grouping.dataset.from, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  grouping.replaceWith(page.querySelector("#groups, .fault"));
}

if (coming) goOn();
if (grouping) group().catch(() => grouping.remove()); // the server has ended; the link says so
document.addEventListener("click", sayWaiting);
document.addEventListener("submit", sayWaiting);
addEventListener("pageshow", () => { waiting.textContent = ""; }); // also when the browser leads back here
