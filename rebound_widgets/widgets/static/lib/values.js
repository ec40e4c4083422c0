// Replies compared and joined: plain JSON in, plain JSON out.

/**
 * A reply without what does not matter: line ends, spaces at the ends, empty parts.
 * @param {any} value
 * @returns {any} `null` for every way of saying nothing.
 */
export function tidied(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value.replace(/\r\n?/g, "\n").replace(/[^\S\n]+/g, " ").trim() || null;
  if (Array.isArray(value)) return value.length ? value.map(tidied) : null;
  if (typeof value !== "object") return value;
  const held = Object.keys(value)
    .sort()
    .map((name) => [name, tidied(value[name])])
    .filter(([, part]) => part !== null);
  return held.length ? Object.fromEntries(held) : null;
}

/**
 * Whether two replies say the same.
 * @param {any} mine @param {any} theirs
 * @returns {boolean}
 */
export function sameReply(mine, theirs) {
  return JSON.stringify(tidied(mine)) === JSON.stringify(tidied(theirs));
}

/**
 * Whether one reply begins with all of another: a text, or each text of a small form.
 * @param {any} longer @param {any} shorter
 * @returns {boolean} `false` for replies that are neither.
 */
export function goesOn(longer, shorter) {
  const [all, part] = [tidied(longer), tidied(shorter)];
  if (typeof all === "string" && typeof part === "string") return all.startsWith(part);
  const forms = [all, part].every((one) => one && typeof one === "object" && !Array.isArray(one));
  return forms && Object.keys(part).every((name) => goesOn(all[name], part[name]));
}

/**
 * Where a cursor stands after the text around it changed.
 * @param {string} before @param {string} after @param {number} at Where it stood.
 * @returns {number} At the end if it was there; else beside the same words, or where they were.
 */
export function movedCursor(before, after, at) {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  if (at < before.length && at <= head) return at;
  const behind = before.length - at;
  return after.length - (behind <= tail ? behind : tail);
}

/**
 * Both texts, or the longer one where it holds the other.
 * @param {string | null} mine @param {string | null} theirs @param {string} between
 * @returns {string | null}
 */
function joinText(mine, theirs, between) {
  if (!mine || !theirs) return mine || theirs || null;
  if (mine.includes(theirs)) return mine;
  return theirs.includes(mine) ? theirs : mine + between + theirs;
}

/** @param {any} mine @param {any} theirs @param {(name: string) => string} between */
function joinForms(mine, theirs, between) {
  const names = new Set([...Object.keys(mine ?? {}), ...Object.keys(theirs ?? {})]);
  return Object.fromEntries([...names].map((name) => [name, joinText(mine?.[name], theirs?.[name], between(name))]));
}

/** @param {any} mine @param {any} theirs */
function joinPiles(mine, theirs) {
  const placed = new Set(Object.values(mine ?? {}).flat());
  const names = new Set([...Object.keys(mine ?? {}), ...Object.keys(theirs ?? {})]);
  const fresh = (/** @type {string} */ name) => (theirs?.[name] ?? []).filter((/** @type {string} */ card) => !placed.has(card));
  return Object.fromEntries([...names].map((name) => [name, [...(mine?.[name] ?? []), ...fresh(name)]]));
}

const SHORT_FIELDS = new Set(["name", "role", "contact"]);

/**
 * One reply that holds both, or `undefined` where a reply can only be one of them (a rating, a day).
 * @param {string} kind The question's kind.
 * @param {any} mine @param {any} theirs
 * @returns {any}
 */
export function joinReplies(kind, mine, theirs) {
  switch (kind) {
    case "prose":
    case "timed-page":
      return joinText(mine, theirs, "\n\n");
    case "line":
      return joinText(mine, theirs, " / ");
    case "star":
    case "if-then":
      return joinForms(mine, theirs, () => "\n\n");
    case "people":
      return joinForms(mine, theirs, (name) => (SHORT_FIELDS.has(name) ? " / " : "\n\n"));
    case "several":
    case "checklist":
    case "ranking":
      return [...new Set([...(mine ?? []), ...(theirs ?? [])])];
    case "cards":
      return joinPiles(mine, theirs);
    default:
      return undefined;
  }
}

/**
 * The items of a list changed in two places: what either added is there, what either took away is not.
 * @param {number[] | null} before What both started from.
 * @param {number[] | null} mine @param {number[] | null} theirs
 * @returns {number[]}
 */
export function mergeItems(before, mine, theirs) {
  const known = new Set(before ?? []);
  const gone = [...known].filter((item) => !(mine ?? []).includes(item));
  const added = (mine ?? []).filter((item) => !known.has(item) && !(theirs ?? []).includes(item));
  return [...(theirs ?? []).filter((item) => !gone.includes(item)), ...added];
}
