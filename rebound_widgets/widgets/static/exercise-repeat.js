// A list of small forms: one for every question asked, strength, story.

import { fill, freshId, make } from "./lib/dom.js";
import { isSettled } from "./lib/entry.js";
import { isWriting } from "./lib/hand.js";

class ItemList {
  /** @param {import("./exercise-question.js").Place} place */
  constructor(place) {
    const { question, desk } = place;
    this.place = place;
    /** @type {Map<number, {node: HTMLElement, title: HTMLElement, remove: HTMLElement, focus: () => void, end: () => void}>} */
    this.drawn = new Map();
    this.items = make("div", { class: "rb-items" });
    this.gone = make("div", { class: "rb-gone", role: "status" });
    const heading = make(`h${Math.min(desk.level + 1, 6)}`, { class: "rb-repeat-title", id: place.labelId }, question.ask);
    const hint = question.hint && make("p", { class: "rb-hint" }, question.hint);
    this.adds = make("button", { type: "button", class: "rb-button rb-button-plain rb-add", onclick: () => this.add() }, question.add);
    this.node = make("div", { class: "rb-repeat" }, heading, hint, this.items, this.gone, this.adds);
  }

  /** @returns {number[]} */
  get list() {
    return this.place.entry.value ?? [];
  }

  /** A number that no item had before, not even one that was deleted. */
  nextNumber() {
    const { desk, question } = this.place;
    const inner = new Set(question.questions.map((/** @type {any} */ one) => one.id));
    const used = [...desk.outbox.entries.values()]
      .filter((entry) => entry.record === desk.record && inner.has(entry.question))
      .map((entry) => entry.item ?? 0);
    return Math.max(0, question.last_item ?? 0, ...this.list, ...this.drawn.keys(), ...used) + 1;
  }

  add() {
    const number = this.nextNumber();
    this.gone.replaceChildren();
    this.place.change([...this.list, number], { now: true });
    this.draw();
    const item = this.drawn.get(number);
    item?.focus();
    this.place.desk.announce(item?.title.textContent ?? "");
  }

  /** @param {number} number */
  remove(number) {
    const { desk } = this.place;
    const [at, name] = [this.list.indexOf(number), this.drawn.get(number)?.title.textContent ?? ""];
    const after = this.list.filter((one) => one !== number);
    this.place.change(after.length ? after : null, { now: true });
    this.draw();
    const undo = make("button", { type: "button", class: "rb-button rb-button-plain rb-button-small" }, desk.say("item_undo"));
    undo.addEventListener("click", () => {
      this.gone.replaceChildren();
      const list = [...this.list];
      list.splice(Math.min(at, list.length), 0, number);
      this.place.change(list, { now: true });
      this.draw();
      this.drawn.get(number)?.title.focus();
    });
    this.gone.replaceChildren(make("span", null, desk.say("item_deleted", { name })), undo);
    // The words stand where the item stood, and the way back has the focus.
    if (at < after.length) this.drawn.get(after[at])?.node.before(this.gone);
    else this.items.after(this.gone);
    undo.focus();
  }

  /** @param {number} number */
  drawItem(number) {
    const { desk, question } = this.place;
    const level = Math.min(desk.level + 2, 6);
    const title = make(`h${level}`, { class: "rb-item-title", id: freshId("item"), tabindex: "-1" });
    const remove = make("button", { type: "button", class: "rb-button rb-button-quiet rb-button-small", onclick: () => this.remove(number) }, desk.say("item_delete"));
    const parts = question.questions.map((/** @type {any} */ inner) => desk.draw(inner, number));
    const node = make(
      "section",
      { "class": "rb-card rb-item", "aria-labelledby": title.id, "data-list-item": number },
      make("div", { class: "rb-item-head" }, title, remove),
      ...parts.map((/** @type {any} */ part) => part.node),
    );
    const end = () => {
      for (const part of parts) part.end();
      node.remove();
    };
    return { node, title, remove, focus: () => parts[0].focus(), end };
  }

  /** Draws the list as it is now; an item deleted elsewhere under writing hands stays, with the words in it. */
  show() {
    const held = [...this.drawn].filter(([number, item]) => !this.list.includes(number) && this.isWritten(number, item.node));
    if (held.length) this.place.change([...this.list, ...held.map(([number]) => number)], { now: true });
    this.draw();
  }

  /** Whether somebody writes in an item, or wrote what is not kept yet. @param {number} number @param {HTMLElement} node */
  isWritten(number, node) {
    const { desk, question } = this.place;
    const inner = new Set(question.questions.map((/** @type {any} */ one) => one.id));
    const mine = [...desk.outbox.entries.values()].filter((one) => one.record === desk.record && one.item === number && inner.has(one.question));
    return (document.hasFocus() && isWriting() && node.contains(document.activeElement)) || mine.some((one) => !isSettled(one));
  }

  /** Items that stay are left as they are: somebody may be writing in one. */
  draw() {
    const { desk, question } = this.place;
    const { list } = this;
    for (const [number, item] of this.drawn) {
      if (list.includes(number)) continue;
      item.end();
      this.drawn.delete(number);
    }
    list.forEach((number, at) => {
      const item = this.drawn.get(number) ?? this.drawItem(number);
      this.drawn.set(number, item);
      item.title.textContent = fill(question.item_title, { number: at + 1, count: list.length });
      item.remove.setAttribute("aria-label", desk.say("item_delete_name", { name: item.title.textContent }));
    });
    this.arrange(list.map((number) => /** @type {HTMLElement} */ (this.drawn.get(number)?.node)));
  }

  /** Moves only what is out of place: a moved element loses the focus. @param {HTMLElement[]} wanted */
  arrange(wanted) {
    const next = (/** @type {Element | null | undefined} */ one) => (one === this.gone ? one.nextElementSibling : (one ?? null));
    let here = next(this.items.firstElementChild);
    for (const node of wanted) {
      if (here === node) here = next(node.nextElementSibling);
      else this.items.insertBefore(node, here);
    }
  }
}

/** @param {import("./exercise-question.js").Place} place @returns {import("./exercise-question.js").Control} */
export function drawRepeat(place) {
  const items = new ItemList(place);
  return {
    node: items.node,
    inputs: () => [items.adds],
    show: () => items.show(),
    end() {
      for (const item of items.drawn.values()) item.end();
    },
  };
}
