// The plan as a grid: walking its cells by keyboard, moving rows by keyboard and mouse, tools of the row in hand.
import { isOpen, open, say } from "./cell.js";

const CELL = "[data-cell]";
const ROW = "[data-item]";

const table = document.querySelector("[data-grid]");
if (table) {
  new Grid(table).start();
}

function Grid(root) {
  const tools = document.querySelector("template[data-row-tools]")?.content.firstElementChild.cloneNode(true);
  let current = null;

  const rows = () => [...root.querySelectorAll(ROW)];
  const shown = (row) => [...row.querySelectorAll(CELL)].filter((cell) => cell.offsetParent !== null);
  const address = (template, row) => template.replace("/0/", `/${row.dataset.item}/`);

  this.start = () => {
    prepare(root);
    root.addEventListener("keydown", onKey);
    root.addEventListener("click", onClick);
    root.addEventListener("focusin", (event) => hold(event.target.closest(ROW)));
    root.addEventListener("pointerover", (event) => hold(event.target.closest(ROW)));
    root.addEventListener("htmx:afterSettle", () => prepare(root));
    if (root.dataset.move) {
      dragging();
    }
  };

  // One cell answers to Tab, the arrows do the rest.
  function prepare(part) {
    const cells = part.querySelectorAll(CELL);
    for (const cell of cells) {
      if (!cell.hasAttribute("tabindex")) {
        cell.tabIndex = -1;
      }
    }
    if (!root.querySelector(`${CELL}[tabindex="0"]`)) {
      root.querySelector(CELL)?.setAttribute("tabindex", "0");
    }
    for (const handle of part.querySelectorAll(".plan__number[data-cell]")) {
      handle.draggable = Boolean(root.dataset.move);
    }
  }

  function focus(cell) {
    if (!cell) {
      return;
    }
    root.querySelector(`${CELL}[tabindex="0"]`)?.setAttribute("tabindex", "-1");
    cell.tabIndex = 0;
    cell.focus();
    cell.scrollIntoView({ block: "nearest" });
  }

  function edit(cell) {
    const row = cell.closest(ROW);
    const url = address(root.dataset.cells, row).replace("/text/", `/${cell.dataset.cell}/`);
    open(cell, url, (step) => {
      const place = document.querySelector(`#${row.id} [data-cell="${cell.dataset.cell}"]`);
      focus(step ? neighbour(place, step) ?? place : place);
    });
  }

  function neighbour(cell, { across = 0, down = 0 }) {
    const row = cell.closest(ROW);
    if (across) {
      const cells = rows().flatMap(shown);
      return cells[cells.indexOf(cell) + across];
    }
    const all = rows();
    const next = all[all.indexOf(row) + down];
    return next && (next.querySelector(`[data-cell="${cell.dataset.cell}"]`) ?? shown(next)[0]);
  }

  function onKey(event) {
    const cell = event.target.closest(CELL);
    if (!cell || isOpen(cell) || event.target !== cell) {
      return;
    }
    const steps = {
      ArrowLeft: { across: -1 }, ArrowRight: { across: 1 }, ArrowUp: { down: -1 }, ArrowDown: { down: 1 },
    };
    const step = steps[event.key];
    if (event.altKey && step?.down) {
      event.preventDefault();
      moveByOne(cell, step.down);
    } else if (step && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      focus(neighbour(cell, step));
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      edit(cell);
    }
  }

  function onClick(event) {
    const cell = event.target.closest(CELL);
    if (cell && !isOpen(cell) && !event.target.closest("a, button, form")) {
      edit(cell);
    }
  }

  // The tools stand in one place of the document: in the row in hand.
  function hold(row) {
    if (!tools || !row || row === current) {
      return;
    }
    current = row;
    for (const form of tools.querySelectorAll("form[data-action]")) {
      form.action = address(form.dataset.action, row);
    }
    for (const link of tools.querySelectorAll("a[data-action]")) {
      link.href = address(link.dataset.action, row);
    }
    const add = tools.querySelector("form[data-add-after]");
    if (add) {
      add.action = add.dataset.addAfter.replace("/0/", `/${row.closest("[data-section]").dataset.section}/`);
      add.elements.after.value = row.dataset.item;
    }
    row.lastElementChild.append(tools);
  }

  async function moveByOne(cell, down) {
    const row = cell.closest(ROW);
    if (!root.dataset.move) {
      say("Строки переносят, когда показаны все: снимите отбор.");
      return;
    }
    if (await send(row, { step: down })) {
      step(row, down);
      focus(cell);
      say("строка перенесена", "saved");
    }
  }

  function step(row, down) {
    const same = (sibling) => sibling?.matches(ROW) && sibling;
    const near = down > 0 ? same(row.nextElementSibling) : same(row.previousElementSibling);
    if (near) {
      down > 0 ? near.after(row) : near.before(row);
      return;
    }
    const sections = [...root.querySelectorAll("[data-section]")];
    const section = sections[sections.indexOf(row.closest("[data-section]")) + down];
    if (section) {
      put(row, section, down > 0 ? section.querySelector(ROW) : null);
    }
  }

  function put(row, section, before) {
    section.querySelector(".plan__empty")?.remove();
    section.insertBefore(row, before ?? section.querySelector(".plan__add"));
  }

  function dragging() {
    let dragged = null;
    root.addEventListener("dragstart", (event) => {
      dragged = event.target.closest?.(ROW);
      dragged?.classList.add("plan__dragged");
      event.dataTransfer.effectAllowed = "move";
    });
    root.addEventListener("dragover", (event) => {
      const over = event.target.closest("tr");
      const section = over?.closest("[data-section]");
      if (!dragged || !section || over === dragged) {
        return;
      }
      event.preventDefault();
      const half = over.getBoundingClientRect();
      const after = event.clientY > half.top + half.height / 2;
      const before = over.matches(ROW) && !after ? over : over.nextElementSibling;
      put(dragged, section, before?.matches(ROW) ? before : null);
    });
    root.addEventListener("drop", (event) => event.preventDefault());
    root.addEventListener("dragend", async () => {
      const row = dragged;
      dragged = null;
      row?.classList.remove("plan__dragged");
      const next = row?.nextElementSibling;
      const place = { section: row.closest("[data-section]").dataset.section };
      if (next?.matches(ROW)) {
        place.before = next.dataset.item;
      }
      if (await send(row, place)) {
        say("строка перенесена", "saved");
      } else {
        location.reload();
      }
    });
  }

  async function send(row, place) {
    say("сохраняется…", "busy");
    try {
      const answer = await fetch(address(root.dataset.move, row), {
        method: "POST",
        headers: { Accept: "application/json", ...JSON.parse(document.body.getAttribute("hx-headers")) },
        body: new URLSearchParams(place),
      });
      if (answer.ok && !answer.redirected) {
        return true;
      }
      say("Строку перенести не удалось: обновите страницу.");
    } catch {
      say("Нет связи: строка осталась на прежнем месте.");
    }
    return false;
  }
}
