// The order in the making: words opened in place, clauses moved and sunk by keys, focus kept where the hand was.
import { drafts, isOpen, open, remind } from "./cell.js";

const PART = "[data-item]";
const CELL = "[data-url]";
const desk = () => document.getElementById("order-text");

const cells = () => [...desk().querySelectorAll(CELL)];
const handle = (part) => part?.querySelector("[data-edit]");

function edit(cell) {
  if (isOpen(cell)) {
    return;
  }
  const part = cell.closest(PART).id;
  const name = cell.dataset.cell;
  open(cell, cell.dataset.url, (step) => {
    const all = cells();
    const place = all.findIndex((other) => other.closest(PART).id === part && other.dataset.cell === name);
    const next = all[place + (step?.down ?? step?.across ?? 0)] ?? all[place];
    handle(next.closest(PART))?.focus();
  });
}

document.addEventListener("click", (event) => {
  const part = event.target.closest?.(PART);
  const cell = part?.querySelector(CELL);
  if (!cell || !desk().contains(part) || isOpen(cell)) {
    return;
  }
  if (event.target.closest("[data-edit]") || !event.target.closest("a, button, form")) {
    event.preventDefault();
    edit(cell);
  }
});

// A button that is quiet because there is nowhere to go stays quiet.
document.addEventListener("click", (event) => {
  if (event.target.closest('button[aria-disabled="true"]')) {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);

const KEYS = { ArrowUp: ["move", "-1"], ArrowDown: ["move", "1"], ArrowRight: ["level", "2"], ArrowLeft: ["level", "1"] };

document.addEventListener("keydown", (event) => {
  const clause = event.target.closest?.("[data-clause]");
  const [verb, value] = KEYS[event.key] ?? [];
  if (!clause || !verb || !event.altKey || event.ctrlKey || event.metaKey || isOpen(clause.querySelector(CELL))) {
    return;
  }
  event.preventDefault();
  const button = clause.querySelector(`form[action$="/${verb}/"] button[value="${value}"]:not([aria-disabled="true"])`);
  if (button) {
    held = clause.id;
    button.click();
  }
});

// The text is drawn anew around a clause in hand: the hand stays on it.
let held = null;

document.body.addEventListener("htmx:beforeRequest", (event) => {
  held = event.target.closest?.("[data-clause]")?.id ?? held;
});

document.body.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id !== "order-text" && event.target.id !== "order-text") {
    return;
  }
  const added = desk().querySelector("[data-open]");
  if (added) {
    added.removeAttribute("data-open");
    held = null;
    edit(added);
  } else if (held && !desk().contains(document.activeElement)) {
    (handle(document.getElementById(held)) ?? document.getElementById("clause-add"))?.focus();
    held = null;
  }
});

// What a hand has unfolded stays so when its words come anew.
let isUnfolded = false;

document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id === "review") {
    isUnfolded = event.detail.target.querySelector("details")?.open ?? false;
  }
});

document.body.addEventListener("htmx:afterSettle", () => {
  const names = document.querySelector("#review details");
  if (names && isUnfolded) {
    names.open = true;
  }
});

for (const url of drafts()) {
  const cell = cells().find((candidate) => candidate.dataset.url === url);
  if (cell) {
    remind(cell, url);
  }
}
