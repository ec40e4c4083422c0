import { make } from "./lib/dom.js";

/** @typedef {Record<string, any>} Panel */

/** @param {Record<string, any>} action @param {(action: Record<string, any>) => void} press */
function panelAction(action, press) {
  const look = action.look === "plain" ? "rb-button rb-button-plain" : action.look === "quiet" ? "rb-button rb-button-quiet" : "rb-button";
  if (action.href) {
    return make("a", { class: look, href: action.href, "data-action": action.id }, action.label);
  }
  return make("button", { type: "button", class: look, "data-action": action.id, onclick: () => press(action) }, action.label);
}

/** @param {Record<string, any>} row @param {(action: Record<string, any>) => void} press */
function panelRow(row, press) {
  const words = row.href ? make("a", { href: row.href }, row.text) : make("span", null, row.text);
  return make(
    "li",
    null,
    make("div", { class: "rb-panel-words" }, words, row.detail && make("p", { class: "rb-hint" }, row.detail)),
    row.when && make("span", { class: row.due ? "rb-panel-when rb-panel-due" : "rb-panel-when" }, row.when),
    row.actions?.length && make("div", { class: "rb-row" }, ...row.actions.map((/** @type {any} */ a) => panelAction(a, press))),
  );
}

/** @param {Record<string, any>} row */
function panelDoor(row) {
  return make(
    "li",
    null,
    make("a", { class: "rb-door", href: row.href }, make("strong", null, row.text), row.detail && make("span", null, row.detail)),
  );
}

/** @param {Panel} panel @param {(action: Record<string, any>) => void} press */
function drawPanel(panel, press) {
  const look = panel.look ?? "card";
  const classes = {
    card: "rb-card",
    next: "rb-card rb-card-next",
    notice: "rb-notice",
    plain: "rb-panel-plain",
    doors: "rb-panel-plain",
    margin: "rb-panel-margin",
  };
  const title = panel.title && make(look === "margin" ? "h3" : "h2", null, panel.title);
  const texts = [panel.text ?? []].flat();
  const rows = panel.rows ?? [];
  return make(
    "section",
    {
      class: `rb-panel ${classes[/** @type {keyof typeof classes} */ (look)]}`,
      "data-panel": panel.id,
      role: panel.announce ? "status" : null,
      "aria-label": panel.title || null,
    },
    title,
    ...texts.map((text) => make("p", null, text)),
    panel.quote && make("blockquote", null, panel.quote),
    rows.length > 0 &&
      make(
        "ul",
        { class: look === "doors" ? "rb-doors" : "rb-rows" },
        ...rows.map((/** @type {any} */ row) => (look === "doors" ? panelDoor(row) : panelRow(row, press))),
      ),
    panel.hint && make("p", { class: "rb-hint" }, panel.hint),
    panel.actions?.length && make("div", { class: "rb-row" }, ...panel.actions.map((/** @type {any} */ a) => panelAction(a, press))),
    ...(panel.details ?? []).map((/** @type {any} */ fold) =>
      make("details", null, make("summary", null, fold.summary), ...[fold.text].flat().map((text) => make("p", null, text))),
    ),
  );
}

/** @param {{model: any, el: HTMLElement}} context */
function renderPanels({ model, el }) {
  /** @type {Array<{drawn: string, element: HTMLElement}>} */
  let shown = [];
  const press = (/** @type {any} */ action) => model.send({ type: "action", action });
  /** @param {Panel[]} panels */
  function show(panels) {
    const before = shown;
    shown = panels.map((panel) => {
      const drawn = JSON.stringify(panel);
      return before.find((old) => old.drawn === drawn) ?? { drawn, element: drawPanel(panel, press) };
    });
    for (const old of before) if (!shown.includes(old)) old.element.remove();
    shown.forEach(({ element }, place) => {
      if (el.children[place] !== element) el.insertBefore(element, el.children[place] ?? null);
    });
  }
  const problem = make("p", { class: "rb-problem", role: "alert" });
  /** @param {any} message */
  function receive(message) {
    if (message.type === "show") {
      problem.remove();
      show(message.panels);
    }
    if (message.type === "refused") {
      problem.textContent = message.sentence;
      el.append(problem);
    }
  }
  el.classList.add("rb", "rb-panels");
  model.on("msg:custom", receive);
  model.send({ type: "hello" });
  return () => {
    model.off("msg:custom", receive);
    el.replaceChildren();
  };
}

export default { render: renderPanels };
