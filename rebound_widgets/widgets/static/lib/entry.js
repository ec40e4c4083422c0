// One reply on the page: what is shown, what is on disk, and what is between the two.

/** @typedef {{value: any, revision: number, made_at: string | null, where?: string}} Kept */

/**
 * @typedef {object} Entry One reply on this page.
 * @property {string} key `<record>|<question>#<item>`.
 * @property {string} record @property {string} question @property {number | null} item @property {string} kind
 * @property {any} value What the page shows.
 * @property {Kept} kept What the kernel last said is on disk: the value and the revision this page builds on.
 * @property {number} at When it was last changed here, in ms since 1970.
 * @property {number | null} dirtySince When it changed since it was last sent, on the monotonic clock.
 * @property {boolean} urgent Whether it is to be sent without a pause, as soon as the one before is answered.
 * @property {{seq: number, value: any, first: number, last: number}[]} flying Sent, not yet answered.
 * @property {any[]} unsure Sent by an earlier page, answer unknown.
 * @property {string | null} problem The kernel's sentence when it refused.
 * @property {boolean} again Whether the refusal may pass by itself.
 * @property {Kept | null} theirs Somebody else's newer version, while the person has not chosen.
 * @property {string} jot Words begun beside it; see `Outbox.jot`.
 * @property {string | null} memory What a page that leaves no trace holds: in this page's memory and nowhere else.
 * @property {import("./drafts.js").Draft | null} carried The draft it hands over for a page that is not open.
 * @property {number} timer
 */

export const JOT_MARK = "~jot";

/** Whether a draft is of words beside a reply. @param {import("./drafts.js").Draft} draft */
export function isJot(draft) {
  return draft.question.endsWith(JOT_MARK);
}

/** The question a draft belongs to. @param {import("./drafts.js").Draft} draft */
export function plainQuestion(draft) {
  return isJot(draft) ? draft.question.slice(0, -JOT_MARK.length) : draft.question;
}

/** Whether a reply is on disk as the page shows it. @param {Entry} entry */
export function isSettled(entry) {
  return entry.dirtySince === null && entry.flying.length === 0 && entry.problem === null && entry.theirs === null;
}

/** @param {string} record @param {string} question @param {number | null} item @returns {string} */
export function entryKey(record, question, item) {
  return `${record}|${question}#${item ?? ""}`;
}

/**
 * @param {string} record @param {string} question @param {number | null} item @param {string} kind
 * @returns {Entry} A reply nobody has given yet.
 */
export function newEntry(record, question, item, kind) {
  return {
    key: entryKey(record, question, item),
    record,
    question,
    item,
    kind,
    value: null,
    kept: { value: null, revision: 0, made_at: null },
    at: 0,
    dirtySince: null,
    urgent: false,
    flying: [],
    unsure: [],
    problem: null,
    again: false,
    theirs: null,
    jot: "",
    memory: null,
    carried: null,
    timer: 0,
  };
}
