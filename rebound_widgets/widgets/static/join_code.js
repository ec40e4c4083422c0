// How to come in: a picture to point a phone at, the code in large letters, the address.

import { make } from "./lib/dom.js";
import { openView } from "./lib/view.js";

const BORDER = 4; // cells of light around it, without which no phone reads it

/** @param {string[]} rows @param {string} alt */
function drawCells(rows, alt) {
  const size = rows.length + 2 * BORDER;
  let path = "";
  rows.forEach((row, y) => {
    for (const run of row.matchAll(/1+/g)) path += `M${run.index + BORDER} ${y + BORDER}h${run[0].length}v1h-${run[0].length}z`;
  });
  return make(
    "svg:svg",
    { class: "rb-code-picture", viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": alt, "shape-rendering": "crispEdges" },
    make("svg:rect", { width: size, height: size, class: "rb-code-light" }),
    make("svg:path", { d: path, class: "rb-code-dark" }),
  );
}

function renderJoinCode(/** @type {any} */ given) {
  const card = make("div", { class: "rb-card rb-code" });
  const view = openView(given, "join-code", {
    show({ rows, code, label, address, alt, lines }) {
      const told = make(
        "div",
        { class: "rb-code-words" },
        code && make("p", { class: "rb-code-label" }, label),
        code && make("p", { class: "rb-code-letters", "data-code": code.replaceAll(" ", "") }, code),
        ...lines.map((/** @type {string} */ line) => make("p", null, line)),
        make("p", { class: "rb-hint rb-code-address" }, address),
      );
      card.replaceChildren(...(rows.length ? [drawCells(rows, alt)] : []), told);
    },
  });
  view.root.append(card);
  return view.end;
}

export default { render: renderJoinCode };
