import { fill, freshId, make } from "../../widgets/static/lib/dom.js";
import { openOutbox, pageLine } from "../../widgets/static/lib/line.js";
import { goOn, takeUpFocus } from "./going_on.js";

const MARK =
  "M4 6 C6 20, 12 23, 14 23 C17 23, 21 16, 24 5";

/** Rebound's mark: something falls and comes up again. @returns {SVGElement} */
function drawMark() {
  return make(
    "svg:svg",
    { viewBox: "0 0 28 28", "aria-hidden": "true", class: "rb-mark" },
    make("svg:path", { d: MARK, fill: "none", stroke: "var(--accent)", "stroke-width": 3, "stroke-linecap": "round" }),
    make("svg:circle", { cx: 24, cy: 5, r: 3, fill: "var(--warm)" }),
  );
}

/**
 * The words of the save status.
 * @param {Record<string, string>} words @param {any} detail @param {string} locale
 */
function statusWords(words, detail, locale) {
  if (detail.sentence) return detail.sentence;
  const at = detail.at ? new Date(detail.at) : new Date();
  const time = at.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
  return fill(words[detail.state] ?? "", { time });
}

/** The switch between light, dark and what the system says. @param {Record<string, string>} words */
function themeSwitch(words) {
  const id = freshId("theme");
  const root = document.documentElement;
  const remember = (/** @type {string} */ theme) => {
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
    try {
      localStorage.setItem("rebound:theme", theme);
    } catch {
      // Storage may be forbidden; the choice then lasts as long as the page.
    }
  };
  const select = make("select", { id, class: "rb-theme", onchange: () => remember(select.value) });
  for (const theme of ["system", "light", "dark"]) select.append(make("option", { value: theme }, words[`theme_${theme}`]));
  let saved = null;
  try {
    saved = localStorage.getItem("rebound:theme");
  } catch {
    saved = null;
  }
  if (saved) {
    select.value = saved;
    remember(saved);
  }
  return make("p", { class: "rb-theme-row" }, make("label", { for: id }, words.theme), select);
}

/**
 * The choice of the language, where there is one. Each is named in its own words, and said so to a screen reader.
 * @param {Record<string, string>} words @param {Record<string, string>} languages @param {string} locale
 * @param {(tag: string) => void} choose
 */
function languageSwitch(words, languages, locale, choose) {
  const tags = Object.keys(languages);
  if (tags.length < 2) return null;
  const id = freshId("language");
  const select = make("select", { id, class: "rb-theme", onchange: () => choose(select.value) });
  for (const tag of tags) select.append(make("option", { value: tag, lang: tag }, languages[tag]));
  select.value = tags.find((tag) => tag === locale.split("-")[0]) ?? tags[0];
  return make("p", { class: "rb-theme-row" }, make("label", { for: id }, words.language), select);
}

/** @param {{model: any, el: HTMLElement, signal: AbortSignal, host: any}} context */
function renderShell({ model, el, signal, host }) {
  const words = model.get("words");
  const locale = model.get("locale");
  const ownAddress = document.body.dataset.rebound !== undefined; // In JupyterLab the address is Lab's, not ours.
  const mainId = freshId("main");
  const listId = freshId("chapters");
  const asked = new Set();
  /** @type {Map<string, {section: HTMLElement, ref: string}>} */
  const mounted = new Map();
  let address = "";
  let first = true;
  /** Whether the person has asked for a page and is not there yet: only then an arrival takes the focus. */
  let onTheWay = false;

  const status = make("span", { class: "rb-status", role: "status", "data-rebound-status": "", "data-state": "saved" });
  status.textContent = words.ready;
  const mend = make("button", {
    type: "button",
    class: "rb-button rb-button-plain rb-button-small",
    hidden: true,
    onclick: () => window.dispatchEvent(new CustomEvent("rebound:again")),
  });
  const list = make("ol", null);
  const helpLink = make("a", { href: "#/help", class: "rb-rail-link" }, words.help);
  const menu = make(
    "button",
    {
      type: "button",
      class: "rb-button rb-button-plain rb-menu",
      "aria-expanded": "false",
      "aria-controls": listId,
      onclick: () => openMenu(menu.getAttribute("aria-expanded") !== "true"),
    },
    words.menu,
  );
  const speak = ownAddress
    ? languageSwitch(words, model.get("languages"), locale, chooseLanguage)
    : null;
  const rail = make(
    "nav",
    { "aria-label": words.navigation, class: "rb-rail" },
    make("p", { class: "rb-brand" }, drawMark(), words.name),
    make("div", { id: listId, class: "rb-rail-list" }, list, make("hr", null), helpLink, themeSwitch(words), speak),
  );
  const loading = make("div", { class: "rb-card rb-loading" }, make("p", { class: "rb-hint" }, words.opening));
  const pages = make("div", { class: "rb-pages" }, loading);
  const main = make(
    "main",
    { id: mainId, tabindex: "-1" },
    make("div", { class: "rb-top" }, menu, make("span", { class: "rb-kind" }, words.private), make("span", { class: "rb-top-status" }, status, mend)),
    pages,
  );
  const skip = make("a", { class: "rb-skip", href: `#${mainId}`, onclick: skipToPage }, words.skip);

  /** @param {string} tag */
  function chooseLanguage(tag) {
    // The words that open the page come before the workbook is read: the server knows of the choice from here.
    document.cookie = `rebound-language=${tag}; path=/; max-age=31536000; samesite=strict`;
    send({ type: "language", locale: tag });
  }
  /** @param {Event} event */
  function skipToPage(event) {
    event.preventDefault();
    const title = pages.querySelector("h1");
    (/** @type {HTMLElement} */ (title ?? main)).focus();
  }
  /** @param {boolean} open */
  function openMenu(open) {
    menu.setAttribute("aria-expanded", String(open));
    rail.classList.toggle("rb-open", open);
  }
  function chapterOf(/** @type {string} */ where) {
    const id = where.split("/")[0];
    return model.get("chapters").some((/** @type {any} */ c) => c.id === id) ? id : model.get("chapters")[0].id;
  }
  function drawList() {
    const current = chapterOf(address);
    const shown = model.get("chapters").filter((/** @type {any} */ chapter) => !chapter.quiet);
    list.replaceChildren(
      ...shown.map((/** @type {any} */ chapter) =>
        make(
          "li",
          null,
          make(
            "a",
            { href: `#/${chapter.id}`, class: "rb-rail-link", "aria-current": chapter.id === current ? "page" : null },
            make("span", { class: `rb-tick rb-tick-${chapter.state}`, "aria-hidden": "true" }),
            make("span", null, chapter.title, make("span", { class: "rb-hidden" }, ` (${words[`state_${chapter.state}`]})`)),
          ),
        ),
      ),
    );
    if (current === "help") helpLink.setAttribute("aria-current", "page");
    else helpLink.removeAttribute("aria-current");
  }
  async function mount() {
    for (const [chapter, ref] of Object.entries(/** @type {Record<string, string>} */ (model.get("pages")))) {
      if (mounted.has(chapter)) continue;
      const section = make("div", { "data-chapter": chapter });
      mounted.set(chapter, { section, ref });
      const child = await host.getWidget(ref);
      await child.render({ el: section, signal });
      arrive();
    }
  }
  /** Shows the page of the address once it is there, and says where we are. */
  function arrive() {
    const current = chapterOf(address);
    const section = mounted.get(current)?.section;
    const ready = section?.querySelector("h1");
    // Only the page that is open is in the document, so there is one h1; the others keep their state aside.
    const shown = ready ? section : loading;
    if (pages.firstChild !== shown) pages.replaceChildren(shown);
    const title = model.get("chapters").find((/** @type {any} */ c) => c.id === current).title;
    if (ownAddress) document.title = `${title} · ${words.name}`;
    if (!ready) return;
    if (!first && onTheWay) {
      ready.focus({ preventScroll: true });
      (ownAddress ? window : el).scrollTo?.({ top: 0 });
    }
    first = onTheWay = false;
  }
  /** @param {string} where */
  function go(where) {
    const changed = where !== address || first;
    address = where;
    openMenu(false);
    drawList();
    if (changed) {
      onTheWay = true;
      if (send({ type: "go", address: where })) line.asked(outbox);
      const chapter = chapterOf(where);
      if (mounted.has(chapter)) arrive();
      else if (!asked.has(chapter)) {
        asked.add(chapter);
        arrive();
      }
    }
  }
  /** @param {string} hash What follows the number sign; nonsense is the first page. */
  function readAddress(hash) {
    try {
      return decodeURIComponent(hash.replace(/^#\/?/, ""));
    } catch {
      return "";
    }
  }
  const fromHash = () => go(readAddress(location.hash));
  /** @param {MouseEvent} event */
  function follow(event) {
    const link = /** @type {HTMLElement} */ (event.target).closest?.("a[href^='#/']");
    if (!link) return;
    const where = readAddress(link.getAttribute("href") ?? "");
    if (ownAddress && location.hash.replace(/^#\/?/, "") !== where) return; // The address changes; that brings us there.
    event.preventDefault();
    go(where);
    onTheWay = true; // a link to the page that is open leads to its heading
    arrive();
  }
  /** @param {any} event */
  function showStatus(event) {
    status.dataset.state = event.detail.state;
    const text = statusWords(words, event.detail, locale);
    if (status.textContent !== text) status.textContent = text;
    const { action } = event.detail;
    mend.hidden = !action;
    if (action) mend.textContent = action === "reload" ? words.load_again : words.try_again;
  }
  const line = pageLine();
  /** @param {Record<string, any>} content @returns {boolean} */
  function send(content) {
    try {
      model.send(content);
      return true;
    } catch {
      return false; // the connection is closed; the line sees it
    }
  }
  // The frame keeps the line too: a page without questions must know as well whether anybody is there.
  const outbox = openOutbox(line, send);
  const leave = line.join(outbox, model.widget_manager, {
    hello: () => send({ type: "go", address }), // an address followed while nobody was there
    adopt: () => {},
  });
  line.speakWith(outbox, words);
  /** Whoever comes back to this page may have written in another meanwhile. */
  function lookAround() {
    if (document.visibilityState === "visible" && line.reaches(outbox) && send({ type: "beat", n: 0 })) line.asked(outbox);
  }
  /** @param {any} message */
  function receive(message) {
    line.heard(outbox);
    if (message.type === "reload") window.location.reload();
    // What is shown follows the address after a moment: whoever drives the page by a script reads here which it is.
    if (message.type === "gone") main.dataset.address = message.address;
    if (message.type !== "go") return;
    if (ownAddress) location.hash = `#/${message.address}`;
    else go(message.address);
  }

  el.classList.add("rb", "rb-shell");
  el.lang = locale;
  el.dir = model.get("direction");
  el.append(skip, make("div", { class: "rb-shell-grid" }, rail, main));
  el.addEventListener("click", follow);
  rail.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || menu.getAttribute("aria-expanded") !== "true") return;
    openMenu(false);
    menu.focus();
  });
  model.on("change:chapters", drawList);
  model.on("change:pages", mount);
  model.on("msg:custom", receive);
  window.addEventListener("rebound:status", showStatus);
  document.addEventListener("visibilitychange", lookAround);
  if (ownAddress) {
    document.documentElement.lang = locale;
    document.documentElement.dir = model.get("direction");
    window.addEventListener("hashchange", fromHash);
    goOn(signal);
    takeUpFocus(signal);
  }
  mount().then(() => (ownAddress ? fromHash() : go("")));
  return () => {
    leave();
    window.removeEventListener("rebound:status", showStatus);
    window.removeEventListener("hashchange", fromHash);
    document.removeEventListener("visibilitychange", lookAround);
    el.replaceChildren();
  };
}

export default { render: renderShell };
