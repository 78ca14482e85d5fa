// The plan as a grid: walking its cells by keyboard, moving rows by keyboard and mouse, tools of the row in hand.
import { drafts, isOpen, open, remind, say } from "./cell.js";

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
  const cells = () => [...root.querySelectorAll(CELL)];
  const addressOf = (cell) =>
    address(root.dataset.cells, cell.closest(ROW)).replace("/text/", `/${cell.dataset.cell}/`);
  const address = (template, row) => template.replace("/0/", `/${row.dataset.item}/`);

  this.start = () => {
    prepare(root);
    root.addEventListener("keydown", onKey);
    root.addEventListener("click", onClick);
    root.addEventListener("submit", onSubmit);
    root.addEventListener("focusin", (event) => hold(event.target.closest(ROW)));
    root.addEventListener("pointerover", (event) => hold(event.target.closest(ROW)));
    root.addEventListener("htmx:afterSettle", () => prepare(root));
    if (root.dataset.move) {
      dragging();
    }
    for (const url of drafts()) {
      const cell = cells().find((candidate) => addressOf(candidate) === url);
      if (cell) {
        remind(cell, url);
      }
    }
  };

  // One cell answers to Tab, the arrows do the rest.
  function prepare(part) {
    for (const cell of part.querySelectorAll(CELL)) {
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
    open(cell, addressOf(cell), (step) => {
      const place = document.querySelector(`#${row.id} [data-cell="${cell.dataset.cell}"]`);
      focus(step ? neighbour(place, step) ?? place : place);
    });
  }

  function neighbour(cell, { across = 0, down = 0 }) {
    const row = cell.closest(ROW);
    if (across) {
      const reachable = rows().flatMap(shown);
      return reachable[reachable.indexOf(cell) + across];
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

  // A row added here opens for typing at once; without this script its form opens on a page of its own.
  async function onSubmit(event) {
    const form = event.target.closest("[data-add], [data-add-after]");
    if (!form) {
      return;
    }
    event.preventDefault();
    if (form.ariaBusy) {
      return;
    }
    form.ariaBusy = "true";
    const made = document.createElement("template");
    made.innerHTML = await post(form.action, new FormData(form), { "HX-Request": "true" });
    form.ariaBusy = null;
    const row = made.content.querySelector(ROW);
    if (row) {
      begin(row, form);
    }
  }

  function begin(row, form) {
    const standing = document.getElementById(row.id);
    const after = document.getElementById(`item-${form.elements.after?.value}`);
    if (after && !standing) {
      after.after(row);
    } else if (!standing) {
      put(row, form.closest("[data-section]"), null);
    }
    prepare(root);
    edit((standing ?? row).querySelector('[data-cell="text"]'));
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
    const place = placeBeside(row, down);
    if (!place) {
      say("Дальше переносить некуда.");
      return;
    }
    if (await send(row, { step: down })) {
      put(row, ...place);
      focus(cell);
      say("строка перенесена", "saved");
    }
  }

  // The section a step leads to and the row to stand before there; nothing at the edge of the table.
  function placeBeside(row, down) {
    const section = row.closest("[data-section]");
    const near = down > 0 ? row.nextElementSibling : row.previousElementSibling;
    if (near?.matches(ROW)) {
      return [section, down > 0 ? near.nextElementSibling : near];
    }
    const sections = [...root.querySelectorAll("[data-section]")];
    const next = sections[sections.indexOf(section) + down];
    return next && [next, down > 0 ? next.querySelector(ROW) : null];
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
    return (await post(address(root.dataset.move, row), new URLSearchParams(place), { Accept: "application/json" })) !== "";
  }

  // What the server answered, or an empty text when it did not do what was asked; the reason is said.
  async function post(url, body, headers) {
    const tokens = JSON.parse(document.body.getAttribute("hx-headers"));
    say("сохраняется…", "busy");
    try {
      const answer = await fetch(url, { method: "POST", headers: { ...tokens, ...headers }, body });
      if (answer.ok && !answer.redirected) {
        return await answer.text();
      }
      say("Не получилось: обновите страницу и повторите.");
    } catch {
      say("Нет связи: в таблице всё по-прежнему.");
    }
    return "";
  }
}
