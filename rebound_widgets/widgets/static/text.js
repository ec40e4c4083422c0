// A piece of a page: headings, paragraphs, lists, links, buttons; everything as text.

import { drawBlocks, pressing, redraw } from "./lib/blocks.js";
import { openView } from "./lib/view.js";

function renderText(/** @type {any} */ given) {
  const target = document.createElement("div");
  target.className = "rb-blocks";
  const presses = pressing((content) => view.say(content));
  const view = openView(given, "text", {
    show({ blocks, words }) {
      presses.context.words = words;
      redraw(target, drawBlocks(blocks, presses.context));
    },
    done: presses.done,
    refused: presses.refused,
    said: presses.said,
    end: presses.end,
  });
  view.root.append(target, presses.line);
  return view.end;
}

export default { render: renderText };
