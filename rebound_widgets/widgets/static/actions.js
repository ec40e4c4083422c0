// A row of buttons and links, and one line that says what came of them.

import { drawActions, pressing, redraw } from "./lib/blocks.js";
import { openView } from "./lib/view.js";

function renderActions(/** @type {any} */ given) {
  const target = document.createElement("div");
  const presses = pressing((content) => view.say(content));
  const view = openView(given, "actions", {
    show({ items, words }) {
      presses.context.words = words;
      redraw(target, [drawActions(items, presses.context)]);
    },
    done: presses.done,
    refused: presses.refused,
    said: presses.said,
    end: presses.end,
  });
  view.root.append(target, presses.line);
  return view.end;
}

export default { render: renderActions };
