// Numbers, days and plurals in the page's language.

/**
 * The language of the page around an element.
 * @param {Element} element
 * @returns {string}
 */
export function languageOf(element) {
  const given = element.closest("[lang]")?.getAttribute("lang") || navigator.language || "en";
  try {
    const language = Intl.getCanonicalLocales(given)[0] ?? "en";
    return language === "en" ? "en-GB" : language; // bare English would put the month before the day
  } catch {
    return "en-GB";
  }
}

/**
 * A counted sentence: `<key>_one`, `<key>_other` and so on, with `{count}` and the facts filled in.
 * @param {Record<string, string>} words
 * @param {string} key
 * @param {number} count
 * @param {string} language
 * @param {Record<string, unknown>} [facts]
 * @returns {string}
 */
export function counted(words, key, count, language, facts = {}) {
  const form = new Intl.PluralRules(language).select(count);
  const sentence = words[`${key}_${form}`] ?? words[`${key}_other`] ?? "{count}";
  const all = { count: new Intl.NumberFormat(language).format(count), ...facts };
  return sentence.replace(/\{(\w+)\}/g, (whole, name) =>
    name in all ? String(/** @type {Record<string, unknown>} */ (all)[name]) : whole,
  );
}

/**
 * A calendar day as a number of days since 1970, or null.
 * @param {unknown} text ISO 8601, such as "2026-11-05"; a time after it is left out.
 * @returns {number | null}
 */
export function dayNumber(text) {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(String(text ?? ""));
  if (!found) return null;
  const moment = Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  return Number.isNaN(moment) ? null : Math.round(moment / 86400000);
}

const DAY_STYLES = {
  day: { day: "numeric", month: "short" },
  dayYear: { day: "numeric", month: "short", year: "numeric" },
  weekday: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  month: { month: "short" },
  monthYear: { month: "long", year: "numeric" },
  year: { year: "numeric" },
};
/** @type {Map<string, Intl.DateTimeFormat>} */
const dayFormats = new Map();

/**
 * A day in words.
 * @param {number} day Days since 1970.
 * @param {string} language
 * @param {keyof typeof DAY_STYLES} style
 * @returns {string}
 */
export function dayWords(day, language, style) {
  const key = `${language} ${style}`;
  let format = dayFormats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(language, /** @type {any} */ ({ ...DAY_STYLES[style], timeZone: "UTC" }));
    dayFormats.set(key, format);
  }
  return format.format(day * 86400000);
}

/**
 * A size in words: "1.2 MB".
 * @param {number} bytes
 * @param {string} language
 * @returns {string}
 */
export function sizeWords(bytes, language) {
  const [unit, value] = bytes >= 1048576 ? ["megabyte", bytes / 1048576] : ["kilobyte", Math.ceil(bytes / 1024)];
  const digits = value < 10 && unit === "megabyte" ? 1 : 0;
  return new Intl.NumberFormat(language, { style: "unit", unit: String(unit), maximumFractionDigits: digits }).format(Number(value));
}

/**
 * A share in words: "42 %", in the language's own form.
 * @param {number} share From 0 to 1.
 * @param {string} language
 * @returns {string}
 */
export function percentWords(share, language) {
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(share);
}
