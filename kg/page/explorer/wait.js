// A drawing may take seconds: until it is there, the page says that it comes.
const waiting = document.getElementById("waiting");

function sayWaiting(event) {
  const goal = event.target.closest(event.type === "click" ? "a[href^='explore']" : "form[action='explore']");
  if (goal && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey) waiting.textContent = waiting.dataset.told;
}

document.addEventListener("click", sayWaiting);
document.addEventListener("submit", sayWaiting);
addEventListener("pageshow", () => { waiting.textContent = ""; }); // also when the browser leads back here
