// Pasting from Word or Excel keeps the table: its HTML goes along with the plain text.
for (const field of document.querySelectorAll("[data-paste]")) {
  const html = field.form.elements[field.dataset.paste];
  field.addEventListener("paste", (event) => {
    html.value = event.clipboardData.getData("text/html");
  });
  field.addEventListener("input", (event) => {
    if (event.inputType !== "insertFromPaste") {
      html.value = "";
    }
  });
}
