/* A filled form is not lost: leaving asks first, and what was typed waits in this tab until the server has it. */

const KEPT = "typed:";
const SENT = "typed-sent";
const CELL = "cell:"; // drafts of cells, which outlive their tab
const isSignedIn = document.querySelector("[data-signout]") !== null;
const touched = new Set();

settle();
for (const form of document.querySelectorAll("form[data-unsaved]")) watch(form);

window.addEventListener("beforeunload", (event) => {
  if (touched.size) event.preventDefault();
});

// What one person typed must not meet the next one at the same desk.
document.addEventListener("submit", (event) => {
  if (!event.submitter?.matches("[data-signout]")) return;
  touched.clear();
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(KEPT)) sessionStorage.removeItem(key);
  for (const key of Object.keys(localStorage)) if (key.startsWith(CELL)) localStorage.removeItem(key);
});

/* The page after a sent form tells what became of it: one of refusal, of errors or of sign-in means it was not saved. */
function settle() {
  const sent = sessionStorage.getItem(SENT);
  const isRefused = document.querySelector("[data-refusal], form[data-unsaved] .summary") !== null;
  sessionStorage.removeItem(SENT);
  if (sent && isSignedIn && !isRefused) sessionStorage.removeItem(sent);
}

function watch(form) {
  const key = KEPT + new URL(form.action, location.href).pathname;
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
  if (kept && JSON.stringify(kept) !== JSON.stringify(typedInto(form))) form.prepend(offer(form, key, kept));
  form.addEventListener("input", () => {
    touched.add(form);
    sessionStorage.setItem(key, JSON.stringify(typedInto(form)));
  });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    touched.delete(form);
    sessionStorage.setItem(SENT, key);
  });
}

function typedInto(form) {
  return fieldsOf(form).map((field) => (isTick(field) ? field.checked : field.value));
}

function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && !["hidden", "password", "file", "submit"].includes(field.type));
}

function isTick(field) {
  return field.type === "checkbox" || field.type === "radio";
}

function offer(form, key, kept) {
  const line = document.createElement("div");
  line.className = "message form__kept";
  line.setAttribute("role", "status");
  line.append(
    "Здесь остался несохранённый текст. ",
    button("Вернуть его", () => {
      fieldsOf(form).forEach((field, place) => {
        if (isTick(field)) field.checked = kept[place];
        else if (kept[place] !== undefined) field.value = kept[place];
      });
      touched.add(form);
      line.remove();
    }),
    button("Убрать", () => {
      sessionStorage.removeItem(key);
      line.remove();
    }),
  );
  return line;
}

function button(words, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "link-button";
  made.textContent = words;
  made.addEventListener("click", press);
  return made;
}
