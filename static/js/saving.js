/* Says what became of a text just typed; pages that save in place import it and hold on to what it returns. */

const AT = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit" });

/* Three things to say in one live line: busy(), saved(when), kept(). */
export function savingLine(element) {
  const say = (state, words) => {
    element.dataset.state = state;
    element.textContent = words;
  };
  return {
    busy: () => say("busy", "сохраняется…"),
    saved: (when = new Date()) => say("saved", `сохранено в ${AT.format(when)}`),
    kept: () => say("kept", "нет связи, текст сохранён здесь"),
  };
}
