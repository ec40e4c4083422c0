// Cards sorted into piles: by a tap on a pile's name, by a select, or by dragging. Own cards too.

import { isOwn, ownLine } from "./exercise-choice.js";
import { dragBy, elementAt } from "./exercise-drag.js";
import { optionWords } from "./exercise-ranking.js";
import { freshId, make } from "./lib/dom.js";

const HAND_ON_A_PHONE = 3;

/**
 * The reply with one card laid into a pile, or taken out for "".
 * @param {any} value @param {string} card @param {string} pile
 */
function withCard(value, card, pile) {
  const piles = Object.entries(value ?? {}).map(([name, cards]) => [name, cards.filter((/** @type {string} */ one) => one !== card)]);
  const next = Object.fromEntries(piles);
  if (pile) next[pile] = [...(next[pile] ?? []), card];
  const held = Object.entries(next).filter(([, cards]) => cards.length);
  return held.length ? Object.fromEntries(held) : null;
}

/** A row of buttons, one a pile. @param {any[]} piles @param {(pile: any) => string} name @param {(pile: any, at: number) => void} press */
function pileButtons(piles, name, press) {
  const button = (/** @type {any} */ pile, /** @type {number} */ at) =>
    make("button", { type: "button", class: "rb-pile-button", "aria-label": name(pile), onclick: () => press(pile, at) }, pile.text);
  return make("span", { class: "rb-pile-buttons" }, ...piles.map(button));
}

/** @param {import("./exercise-page.js").Desk} desk @param {any} pile */
function drawPile(desk, pile) {
  const name = freshId("pile");
  const list = make("ul", { class: "rb-pile-cards" });
  const count = make("span", { class: "rb-pile-count" });
  const none = make("p", { class: "rb-pile-none" }, desk.say("pile_empty"));
  const heading = make("p", { class: "rb-pile-name", id: name }, make("span", null, pile.text), " ", count);
  const own = { "class": "rb-pile", "role": "group", "aria-labelledby": name, "data-pile": pile.id };
  return { list, count, none, node: make("div", own, heading, none, list) };
}

class CardTable {
  /** @param {import("./exercise-question.js").Place} place */
  constructor(place) {
    const { question, desk } = place;
    this.place = place;
    this.hand = make("ul", { class: "rb-hand" });
    this.left = make("p", { class: "rb-hand-count" });
    // A phone shows the first few of the hand, and the next as each is laid: see the style sheet.
    const spread = () => {
      this.node.classList.add("rb-hand-open");
      /** @type {any} */ (this.hand.children[HAND_ON_A_PHONE]?.querySelector("button"))?.focus();
    };
    this.all = make("button", { type: "button", class: "rb-button rb-button-quiet rb-hand-all", onclick: spread }, desk.say("cards_all"));
    /** @type {Map<string, {list: HTMLElement, node: HTMLElement, count: HTMLElement, none: HTMLElement}>} */
    this.piles = new Map(question.piles.map((/** @type {any} */ pile) => [pile.id, drawPile(desk, pile)]));
    /** Own cards taken out of their pile: on this page they can be laid again. @type {Set<string>} */
    this.loose = new Set();
    this.own = question.own ? drawOwnCard(place, (text, pile) => this.lay(`own:${text}`, pile)) : null;
    const tables = [...this.piles.values()].map(({ node }) => node);
    this.node = make("div", { class: "rb-cards" }, this.left, this.hand, this.all, make("div", { class: "rb-piles" }, ...tables), this.own?.node);
  }

  /** @param {string} card */
  words(card) {
    return optionWords(this.place.question, card);
  }

  /** @param {string} card @param {string} pile "" takes it out. */
  lay(card, pile) {
    const { place } = this;
    if (isOwn(card)) this.loose.add(card);
    place.change(withCard(place.entry.value, card, pile), { now: true });
    this.draw();
    const facts = { what: this.words(card), pile: optionWords({ options: place.question.piles }, pile) };
    place.desk.announce(place.desk.say(pile ? "card_laid" : "card_back", facts));
  }

  /** @param {string} card @returns {HTMLElement | null} */
  find(card) {
    return this.node.querySelector(`[data-card="${CSS.escape(card)}"]`);
  }

  /** @param {string} card @param {HTMLElement} node */
  giveGrip(card, node) {
    const handle = make("span", { class: "rb-card-grip", "aria-hidden": "true" }, "⠿");
    const over = (/** @type {number} */ x, /** @type {number} */ y) => elementAt([...this.piles.values()].map((pile) => pile.node), x, y);
    dragBy(handle, node, over, (target) => this.lay(card, target.dataset.pile ?? ""));
    node.prepend(handle);
  }

  /** @param {string} card A card not sorted yet. */
  drawLoose(card) {
    const { question, desk } = this.place;
    const what = this.words(card);
    const press = (/** @type {any} */ pile, /** @type {number} */ at) => {
      const next = /** @type {HTMLElement | null} */ (node.nextElementSibling ?? node.previousElementSibling)?.dataset.card;
      this.lay(card, pile.id);
      // On to the next card, at the same pile's button: sorting a dozen takes a dozen presses.
      if (next) /** @type {any} */ (this.find(next)?.querySelectorAll("button")[at])?.focus();
      else this.find(card)?.querySelector("select")?.focus();
    };
    const buttons = pileButtons(question.piles, (pile) => desk.say("card_lay", { what, pile: pile.text }), press);
    const node = make("li", { class: "rb-sort-card", "data-card": card }, make("span", { class: "rb-sort-words" }, what), buttons);
    this.giveGrip(card, node);
    return node;
  }

  /** @param {string} card @param {string} pile Where it lies. */
  drawLaid(card, pile) {
    const { question, desk } = this.place;
    const what = this.words(card);
    const choose = () => {
      this.lay(card, select.value);
      /** @type {HTMLElement | null | undefined} */ (this.find(card)?.querySelector("select, button"))?.focus();
    };
    const select = make(
      "select",
      { class: "rb-card-select", "aria-label": desk.say("card_where", { what }), onchange: choose },
      ...question.piles.map((/** @type {any} */ one) => make("option", { value: one.id }, one.text)),
      make("option", { value: "" }, isOwn(card) ? desk.say("card_away") : desk.say("card_unsorted")),
    );
    select.value = pile;
    const node = make("li", { class: "rb-sort-card rb-laid", "data-card": card }, make("span", { class: "rb-sort-words" }, what), select);
    this.giveGrip(card, node);
    return node;
  }

  draw() {
    const { question, desk, entry } = this.place;
    const value = entry.value ?? {};
    const laid = new Set(Object.values(value).flat());
    for (const [id, pile] of this.piles) {
      const cards = value[id] ?? [];
      pile.list.replaceChildren(...cards.map((/** @type {string} */ card) => this.drawLaid(card, id)));
      pile.count.textContent = String(cards.length);
      pile.none.hidden = cards.length > 0;
    }
    const all = [...question.options.map((/** @type {any} */ option) => option.id), ...this.loose];
    const open = all.filter((card) => !laid.has(card));
    this.hand.replaceChildren(...open.map((card) => this.drawLoose(card)));
    this.hand.hidden = open.length === 0;
    // One card alone is not folded away: its fold would take as much room as the card.
    const few = open.length <= HAND_ON_A_PHONE + 1;
    this.all.hidden = few;
    this.hand.classList.toggle("rb-hand-few", few);
    this.left.textContent = open.length ? desk.count("cards_left", open.length) : desk.say("cards_done");
  }
}

/** @param {import("./exercise-question.js").Place} place @returns {import("./exercise-question.js").Control} */
export function drawCardPiles(place) {
  const table = new CardTable(place);
  return {
    node: table.node,
    inputs: () => [...table.hand.querySelectorAll("button"), ...table.node.querySelectorAll("select")],
    show() {
      table.draw();
      table.own?.show();
    },
  };
}

/**
 * A line for a card of one's own; choosing its pile makes it a card.
 * @param {import("./exercise-question.js").Place} place @param {(text: string, pile: string) => void} lay
 */
function drawOwnCard(place, lay) {
  const { question, desk, entry } = place;
  const field = ownLine(null, (text) => desk.outbox.jot(entry, text), () => {});
  field.id = freshId("own-card");
  const hint = make("span", { class: "rb-own-hint", id: freshId("hint") }, desk.say("own_card_hint"));
  field.setAttribute("aria-describedby", hint.id);
  const add = (/** @type {any} */ pile) => {
    const text = field.value.trim().replace(/\s+/g, " ");
    if (text) {
      field.value = "";
      desk.outbox.jot(entry, "");
      lay(text, pile.id);
    }
    field.focus();
  };
  const buttons = pileButtons(question.piles, (pile) => desk.say("own_card_lay", { pile: pile.text }), add);
  field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    // A card needs a pile: Enter leads to the choice, and never makes it.
    if (field.value.trim()) buttons.querySelector("button")?.focus();
  });
  const label = make("label", { class: "rb-own-label", for: field.id }, desk.say("own_card"));
  return {
    node: make("div", { class: "rb-own-add" }, label, field, make("div", { class: "rb-own-piles" }, hint, buttons)),
    show() {
      if (entry.jot && !field.value) field.value = entry.jot;
    },
  };
}
