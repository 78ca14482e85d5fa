// One cell in hand: opened as a field, saved at once, kept in this browser while there is no connection.
const DRAFT = "cell:";
const RETRY = 10_000;
const line = document.querySelector("[data-saving]");

export const isOpen = (cell) => Boolean(cell.querySelector("form"));

// `kind` is busy, saved or kept: the line draws each in its own way.
export function say(words, kind = "kept") {
  if (line) {
    line.dataset.state = kind;
    line.textContent = words;
  }
}

const saved = () => say(`сохранено в ${new Date().toLocaleTimeString("ru", { hour: "2-digit", minute: "2-digit" })}`, "saved");

// Opens the cell's field; `done` is called when it is closed, with the step to take from there or nothing.
export async function open(cell, url, done) {
  const before = cell.innerHTML;
  await htmx.ajax("GET", url, { target: cell, swap: "innerHTML" });
  const form = cell.querySelector("form[data-cell-form]");
  if (form) {
    hold(form, { url, before, done });
  }
}

function hold(form, { url, before, done }) {
  const field = form.elements.text;
  const kept = localStorage.getItem(DRAFT + url);
  const was = kept ? null : field.value;
  if (kept) {
    field.value = kept;
    say("Здесь текст, который не успел сохраниться.");
  }
  let closing = false;
  let step = null;
  grow(field);
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  field.dispatchEvent(new Event("input", { bubbles: true }));

  const cell = form.closest("[data-cell]");
  const close = () => {
    closing = true;
    localStorage.removeItem(DRAFT + url);
    cell.innerHTML = before;
    done(step);
  };
  const save = () => {
    if (closing) {
      return;
    }
    if (field.value === was) {
      close();
      return;
    }
    closing = true;
    say("сохраняется…", "busy");
    localStorage.setItem(DRAFT + url, field.value);
    form.requestSubmit();
  };

  field.addEventListener("input", () => grow(field));
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
      localStorage.removeItem(DRAFT + url);
      saved();
      setTimeout(() => done(step));
    } else if (xhr.status === 409) {
      localStorage.removeItem(DRAFT + url);
      say("Эту ячейку изменил кто-то ещё: выберите текст.");
      setTimeout(() => settle(cell, { url, done }));
    } else if (xhr.status === 422) {
      setTimeout(() => hold(cell.querySelector("form[data-cell-form]"), { url, before, done }));
    } else if (isWholePage(xhr) || xhr.status === 403) {
      closing = false;
      say("Сеанс закончился или прав не хватает. Текст сохранён здесь: войдите в соседней вкладке и сохраните снова.");
    } else {
      closing = false;
      say("Нет связи, текст сохранён здесь. Повторим сами.");
      setTimeout(save, RETRY);
    }
  });
}

// Both texts are shown; whichever is sent, the cell goes on from what the server answers.
function settle(cell, { url, done }) {
  const first = cell.querySelector("form");
  first?.elements.text.focus();
  for (const form of cell.querySelectorAll("form")) {
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

// A refusal with both texts, or with its reason, is an answer to show; a sign-in page is not.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status === 409 || xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
  if (isWholePage(xhr)) {
    event.detail.shouldSwap = false;
  }
});
