import { pressing, safeLink } from "./lib/blocks.js";
import { confirmFirst } from "./lib/dialog.js";
import { make, onPhone } from "./lib/dom.js";
import { openView } from "./lib/view.js";

/** @typedef {Record<string, any>} Panel */
/** @typedef {import("./lib/blocks.js").BlockContext} BlockContext */

/** @param {Record<string, any>} action @param {BlockContext} context */
function panelAction(action, context) {
  const look = action.look === "plain" ? "rb-button rb-button-plain" : action.look === "quiet" ? "rb-button rb-button-quiet" : "rb-button";
  const named = { class: look, "data-action": action.id, "data-pressed": JSON.stringify(action) };
  if (action.href) return safeLink(action.label, action.href, named, context);
  const press = (/** @type {any} */ event) => {
    const button = event.currentTarget;
    if (button.getAttribute("aria-disabled") === "true") return;
    if (action.confirm) confirmFirst(button, action.confirm, () => context.press(action, button));
    else context.press(action, button);
  };
  return make("button", { type: "button", ...named, onclick: press }, action.label);
}

/** @param {Record<string, any>} row @param {BlockContext} context */
function panelRow(row, context) {
  const words = row.href ? safeLink(row.text, row.href, {}, context) : make("span", null, row.text);
  return make(
    "li",
    null,
    make("div", { class: "rb-panel-words" }, words, row.detail && make("p", { class: "rb-hint" }, row.detail)),
    row.when && make("span", { class: row.due ? "rb-panel-when rb-panel-due" : "rb-panel-when" }, row.when),
    !!row.actions?.length && make("div", { class: "rb-row" }, ...row.actions.map((/** @type {any} */ a) => panelAction(a, context))),
  );
}

/** @param {Record<string, any>} row @param {BlockContext} context */
function panelDoor(row, context) {
  const words = [make("strong", null, row.text), row.detail && make("span", null, row.detail)].filter(Boolean);
  return make("li", null, safeLink(words, row.href ?? "", { class: "rb-door" }, context));
}

/** A list under its title, folded, so that a page on a phone ends where it ends. @param {HTMLElement} title @param {HTMLElement} list */
function fold(title, list) {
  return make("details", { class: "rb-panel-fold" }, make("summary", null, title), list);
}

/** @param {Panel} panel @param {BlockContext} context */
function drawPanel(panel, context) {
  const look = panel.look ?? "card";
  const classes = {
    card: "rb-card",
    next: "rb-card rb-card-next",
    notice: "rb-notice",
    plain: "rb-panel-plain",
    doors: "rb-panel-plain",
    margin: "rb-panel-margin",
  };
  const title = panel.title && make("h2", null, panel.title);
  const texts = [panel.text ?? []].flat();
  const rows = panel.rows ?? [];
  const list = make(
    "ul",
    { class: look === "doors" ? "rb-doors" : "rb-rows" },
    ...rows.map((/** @type {any} */ row) => (look === "doors" ? panelDoor(row, context) : panelRow(row, context))),
  );
  const folds = look === "margin" && title && rows.length > 0 && onPhone();
  return make(
    "section",
    {
      class: `rb-panel ${classes[/** @type {keyof typeof classes} */ (look)]}`,
      "data-panel": panel.id,
      role: panel.announce ? "status" : null,
      tabindex: "-1",
      "aria-label": panel.title || null,
    },
    ...(folds ? [fold(title, list)] : [title]),
    ...texts.map((text) => make("p", null, text)),
    panel.quote && make("blockquote", null, panel.quote),
    rows.length > 0 && !folds && list,
    panel.hint && make("p", { class: "rb-hint" }, panel.hint),
    !!panel.actions?.length && make("div", { class: "rb-row" }, ...panel.actions.map((/** @type {any} */ a) => panelAction(a, context))),
    ...(panel.details ?? []).map((/** @type {any} */ fold) =>
      make("details", null, make("summary", null, fold.summary), ...[fold.text].flat().map((text) => make("p", null, text))),
    ),
  );
}

/**
 * Where the focus goes when what held it is gone: the same button, else the news, else the panel it was in. Never
 * another button of that place: a second press would do to the next row what was meant for this one.
 * @param {HTMLElement} root @param {{panel: string | undefined, pressed: string | null}} held @param {Element[]} fresh
 */
function panelFocus(root, held, fresh) {
  const panels = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(":scope > [data-panel]")]);
  const same = panels.find((panel) => panel.dataset.panel === held.panel);
  const again = [...(same?.querySelectorAll("[data-pressed]") ?? [])].find((node) => node.getAttribute("data-pressed") === held.pressed);
  const news = panels.find((panel) => fresh.includes(panel) && panel.getAttribute("role") === "status");
  const target = /** @type {HTMLElement | undefined} */ (again ?? news ?? same ?? panels[0]);
  target?.focus();
}

/** @param {{model: any, el: HTMLElement, signal?: AbortSignal}} given */
function renderPanels(given) {
  /** @type {Array<{drawn: string, element: HTMLElement}>} */
  let shown = [];
  const presses = pressing(({ id: action, ...rest }) => view.say({ ...rest, action }));
  /** @param {Panel[]} panels */
  function show(panels) {
    const { root } = view;
    const active = /** @type {HTMLElement | null} */ (root.contains(document.activeElement) ? document.activeElement : null);
    const panel = /** @type {HTMLElement | null} */ (active?.closest("[data-panel]") ?? null);
    const held = { panel: panel?.dataset.panel, pressed: active?.getAttribute("data-pressed") ?? null };
    const before = shown;
    shown = panels.map((wanted) => {
      const drawn = JSON.stringify(wanted);
      return before.find((old) => old.drawn === drawn) ?? { drawn, element: drawPanel(wanted, presses.context) };
    });
    for (const old of before) if (!shown.includes(old)) old.element.remove();
    shown.forEach(({ element }, place) => {
      if (root.children[place] !== element) root.insertBefore(element, root.children[place] ?? null);
    });
    const fresh = shown.filter((entry) => !before.includes(entry)).map(({ element }) => element);
    if (active && !root.contains(document.activeElement)) panelFocus(root, held, fresh);
  }
  const view = openView(given, "panels", {
    show(message) {
      presses.context.words = message.words;
      presses.said({ sentence: "" });
      show(message.panels);
    },
    done: presses.done,
    refused: presses.refused,
    end: presses.end,
  });
  view.root.append(presses.line);
  return view.end;
}

export default { render: renderPanels };
