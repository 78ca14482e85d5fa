/* A panel marked data-fill asks for its content when it is opened, until what stands in for it (data-unfilled) is gone. */

const panels = document.querySelectorAll("[popover][data-fill]");

function fill(panel) {
  if (panel.matches(":popover-open") && panel.querySelector("[data-unfilled]")) htmx.trigger(panel, "fill");
}

// Without popovers the panels always stand open, and the link in them is all there is to them.
if (CSS.supports("selector(:popover-open)")) {
  for (const panel of panels) panel.addEventListener("toggle", () => fill(panel));
  // A quick hand has opened one before this script ran; htmx, which listens for the same event, is ready before it.
  document.addEventListener("DOMContentLoaded", () => panels.forEach(fill));
}
