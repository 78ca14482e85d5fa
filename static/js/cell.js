// One cell in hand: opened as a field, saved at once, kept in this browser while there is no connection.
const DRAFT = "cell:";
const RETRY = 10_000;
const line = document.querySelector("[data-saving]");

// A draft holds what was typed and what stood there when typing began: sent late, it still meets the other editor.
const draft = (url) => JSON.parse(localStorage.getItem(DRAFT + url) ?? "null");
const forget = (url) => localStorage.removeItem(DRAFT + url);

export const drafts = () =>
  Object.keys(localStorage).filter((key) => key.startsWith(DRAFT)).map((key) => key.slice(DRAFT.length));

export const isOpen = (cell) => Boolean(cell.querySelector("form"));

// `kind` is busy, saved or kept: the line draws each in its own way.
export function say(words, kind = "kept") {
  if (line) {
    line.dataset.state = kind;
    line.textContent = words;
  }
}

const saved = () => say(`сохранено в ${new Date().toLocaleTimeString("ru", { hour: "2-digit", minute: "2-digit" })}`, "saved");

// The latest save, and how to take it back: the old text is saved again, against the new one.
let last = null;

function offerUndo(save) {
  last = save;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.textContent = "Вернуть прежнее";
  button.addEventListener("click", takeBack);
  line?.append(" ", button);
}

async function takeBack() {
  if (!last) {
    return;
  }
  const { url, place, text, was } = last;
  last = null;
  say("сохраняется…", "busy");
  await htmx.ajax("POST", url, { target: place, swap: "innerHTML", values: { text, was } });
  const cell = document.querySelector(place);
  if (isOpen(cell)) {
    say("Эту ячейку изменил кто-то ещё: выберите текст.");
    settle(cell, { url, done: () => cell.focus() });
  } else {
    saved();
    cell.focus();
  }
}

document.addEventListener("keydown", (event) => {
  const isWriting = event.target.closest("input, textarea, select");
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyZ" && !event.shiftKey && !isWriting && last) {
    event.preventDefault();
    takeBack();
  }
});

// Says beside a cell that a text for it has not reached the server.
export function remind(cell, url) {
  const note = document.createElement("p");
  note.className = "plan__remark";
  note.dataset.kept = "";
  note.textContent = `Не сохранено: «${draft(url).text}». Откройте ячейку и сохраните.`;
  cell.closest("td, [data-item]").append(note);
  say("Есть текст, который не успел сохраниться.");
}

// Opens the cell's field; `done` is called when it is closed, with the step to take from there or nothing.
export async function open(cell, url, done) {
  cell.closest("td, [data-item]").querySelector("[data-kept]")?.remove();
  const before = cell.innerHTML;
  await htmx.ajax("GET", url, { target: cell, swap: "innerHTML" });
  const form = cell.querySelector("form[data-cell-form]");
  if (form) {
    hold(form, { url, before, done });
  }
}

function hold(form, { url, before, done }) {
  // Now, not when htmx has settled: a quick hand would send the form past it.
  htmx.process(form);
  const field = form.elements.text;
  const kept = draft(url);
  const was = kept ? null : field.value;
  if (kept) {
    field.value = kept.text;
    form.elements.was.value = kept.was;
    say("Здесь текст, который не успел сохраниться.");
  }
  let closing = false;
  let isTokenStale = false;
  let step = null;
  grow(field);
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  field.dispatchEvent(new Event("input", { bubbles: true }));

  const cell = form.closest("[data-cell]");
  const keep = () =>
    localStorage.setItem(DRAFT + url, JSON.stringify({ text: field.value, was: form.elements.was.value }));
  const close = () => {
    closing = true;
    forget(url);
    cell.innerHTML = before;
    done(step);
  };
  const save = async () => {
    if (closing) {
      return;
    }
    if (field.value === was) {
      close();
      return;
    }
    closing = true;
    say("сохраняется…", "busy");
    keep();
    if (isTokenStale) {
      await renew(form, url);
    }
    form.requestSubmit();
  };

  field.addEventListener("input", () => {
    grow(field);
    if (field.value !== was) {
      keep();
    }
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      step = event.ctrlKey ? null : { down: 1 };
      save();
    } else if (event.key === "Tab") {
      event.preventDefault();
      step = { across: event.shiftKey ? -1 : 1 };
      save();
    }
    event.stopPropagation();
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) {
      save();
    }
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== form) {
      return;
    }
    const { xhr } = event.detail;
    if (xhr.status === 200 && !isWholePage(xhr)) {
      forget(url);
      saved();
      const place = `#${cell.closest("[data-item]").id} [data-cell="${cell.dataset.cell}"]`;
      offerUndo({ url, place, text: form.elements.was.value, was: field.value });
      setTimeout(() => done(step));
    } else if (xhr.status === 409) {
      forget(url);
      say("Эту ячейку изменил кто-то ещё: выберите текст.");
      setTimeout(() => settle(cell, { url, done }));
    } else if (xhr.status === 422) {
      setTimeout(() => hold(cell.querySelector("form[data-cell-form]"), { url, before, done }));
    } else if (isWholePage(xhr) || xhr.status === 403) {
      closing = false;
      isTokenStale = true;
      say("Сеанс закончился или прав не хватает. Текст сохранён здесь: войдите в соседней вкладке и сохраните снова.");
    } else {
      closing = false;
      say("Нет связи, текст сохранён здесь. Повторим сами.");
      setTimeout(save, RETRY);
      window.addEventListener("online", save, { once: true });
    }
  });
}

// Both texts are shown; whichever is sent, the cell goes on from what the server answers.
function settle(cell, { url, done }) {
  const first = cell.querySelector("form");
  first?.elements.text.focus();
  for (const form of cell.querySelectorAll("form")) {
    htmx.process(form);
    form.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.xhr.status === 200) {
        saved();
        setTimeout(() => done(null));
      } else if (event.detail.xhr.status === 409) {
        setTimeout(() => settle(cell, { url, done }));
      }
    });
  }
}

function isWholePage(xhr) {
  return xhr.responseText.trimStart().toLowerCase().startsWith("<!doctype");
}

function grow(field) {
  field.rows = 1;
  while (field.scrollHeight > field.clientHeight && field.rows < 20) {
    field.rows += 1;
  }
}

// Signing in again in another tab changes the token of forms: this one takes the new one.
async function renew(form, url) {
  const page = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
  const fresh = page.querySelector("[data-cell-form] [name=csrfmiddlewaretoken]");
  if (fresh) {
    form.elements.csrfmiddlewaretoken.value = fresh.value;
  }
}

// A refusal with both texts, or with its reason, is an answer to show; a sign-in page is not.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status === 409 || xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
  if (isWholePage(xhr) && event.detail.target.closest("[data-cell]")) {
    event.detail.shouldSwap = false;
  }
});
