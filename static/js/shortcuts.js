/* Single keys outside fields: "?" opens the help on keys, a data-shortcut moves to its field; Ctrl+Enter sends a form. */

const help = document.getElementById("shortcuts");
for (const opener of document.querySelectorAll('[data-dialog="shortcuts"]')) opener.hidden = false;

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.target.closest("form")?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "?" && help) {
    help.showModal();
    event.preventDefault();
    return;
  }
  // On the Russian layout the key that prints «/» prints «.», so the key's place counts as well.
  const key = event.code === "Slash" && !event.shiftKey ? "/" : event.key;
  const field = document.querySelector(`[data-shortcut="${CSS.escape(key)}"]`);
  if (field) {
    field.focus();
    event.preventDefault();
  }
});

function isTyping(element) {
  return element.closest("input, select, textarea, [contenteditable], dialog") !== null;
}
