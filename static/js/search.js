/* The bar's search as one types: arrows move among what is found, Enter opens it, Escape closes the list. */

const field = document.getElementById("bar-search");
const list = document.getElementById("bar-found");
const told = document.getElementById("bar-told");
const SHORTEST = 2;
let chosen = -1;

if (field && list) {
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  close();

  list.addEventListener("htmx:afterSwap", () => {
    const found = options();
    found.forEach((option, place) => (option.id = `bar-option-${place}`));
    if (!found.length || field.value.trim().length < SHORTEST) {
      close();
      told.textContent = field.value.trim().length < SHORTEST ? "" : "Ничего не нашлось";
      return;
    }
    choose(-1);
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    told.textContent = `Найдено: ${found.length - 1}`;
  });

  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      close();
      event.preventDefault();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !list.hidden) {
      const count = options().length;
      // One place more than there are options: the field itself.
      choose(((chosen + 1 + step + count + 1) % (count + 1)) - 1);
      event.preventDefault();
    }
    if (event.key === "Enter" && chosen >= 0 && !list.hidden) {
      options()[chosen].click();
      event.preventDefault();
    }
  });

  field.form.addEventListener("focusout", (event) => {
    if (!field.form.contains(event.relatedTarget)) close();
  });
  // A press must not take the focus away before it has become a click.
  list.addEventListener("mousedown", (event) => event.preventDefault());
}

function options() {
  return [...list.querySelectorAll('[role="option"]')];
}

function choose(place) {
  const found = options();
  found[chosen]?.setAttribute("aria-selected", "false");
  chosen = place;
  const option = found[chosen];
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
}

function close() {
  list.hidden = true;
  chosen = -1;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}
