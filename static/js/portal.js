/* The behaviours every page has; each finds its elements by data attributes and is silent where there are none. */
import "./dialog.js";
import "./fill.js";
import "./search.js";
import "./shortcuts.js";
import "./submit-once.js";
import "./unsaved.js";
