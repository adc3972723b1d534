/**
 * Words, numbers and dates of one language. The server sends numbers, days and instants; only this module writes them.
 *
 * @typedef {ReturnType<typeof textsOf>} Texts
 */

/** Stands where there is no figure. */
export const NONE = '—';

/** @typedef {Readonly<Record<string, string>>} Words */

/**
 * The words of a language. Only the language that is shown is fetched.
 *
 * @param {'id'|'en'} lang
 * @returns {Promise<Words>}
 */
export async function wordsOf(lang) {
  return lang === 'en' ? (await import('../messages/en.js')).en : (await import('../messages/id.js')).id;
}

const MILLIS_OF_A_DAY = 86_400_000;

/**
 * @param {'id'|'en'} lang
 * @param {string} zone of the instants, such as Asia/Jakarta
 * @param {Words} words
 */
export function textsOf(lang, zone, words) {
  const locale = lang === 'id' ? 'id-ID' : 'en-GB';
  const plural = new Intl.PluralRules(locale);
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const signed = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, signDisplay: 'exceptZero' });
  const share = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const points = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero',
  });
  const short = new Intl.NumberFormat(locale, { notation: 'compact', compactDisplay: 'long', maximumFractionDigits: 1 });
  const longDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const shortDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const tickDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const zoneDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: zone });
  const month = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  const clock = new Intl.DateTimeFormat(locale, {
    hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: zone, hourCycle: 'h23',
  });
  const moment = new Intl.DateTimeFormat(locale, {
    day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: zone,
    timeZoneName: 'short', hourCycle: 'h23',
  });

  /** @param {string} day */
  const at = (day) => new Date(day.slice(0, 10) + 'T00:00:00Z');

  /**
   * The message of a key; `{name}` is replaced, `{name|one|many}` picks a form by the number `name`.
   *
   * @param {string} key
   * @param {Record<string, string|number>} [values]
   * @returns {string}
   */
  function t(key, values) {
    const text = words[key];
    if (text === undefined) {
      return key;
    }
    return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name, one, many) => {
      const value = values?.[name];
      if (one !== undefined) {
        return plural.select(Number(value)) === 'one' ? one : many;
      }
      return typeof value === 'number' ? whole.format(value) : String(value ?? '');
    });
  }

  return {
    lang,
    zone,
    t,
    /** @param {string} key */
    has: (key) => words[key] !== undefined,
    /** @param {number|null|undefined} n */
    number: (n) => (n === null || n === undefined ? NONE : whole.format(n)),
    /** @param {number|null|undefined} n */
    change: (n) => (n === null || n === undefined ? NONE : signed.format(n)),
    /** @param {number|null|undefined} ratio 0..1, one digit after the comma */
    percent: (ratio) => (ratio === null || ratio === undefined ? NONE : share.format(ratio)),
    /** @param {number|null|undefined} ratio difference of two ratios, in percentage points */
    points: (ratio) => (ratio === null || ratio === undefined ? NONE : points.format(ratio * 100)),
    /** @param {number|null|undefined} n whole rupiah, shortened */
    rupiah: (n) => (n === null || n === undefined ? NONE : 'Rp ' + short.format(n)),
    /** @param {number|null|undefined} n whole rupiah */
    rupiahExact: (n) => (n === null || n === undefined ? NONE : 'Rp ' + whole.format(n)),
    /** @param {string|null|undefined} day */
    day: (day) => (day ? longDay.format(at(day)) : NONE),
    /** @param {string|null|undefined} day */
    dayShort: (day) => (day ? shortDay.format(at(day)) : NONE),
    /** @param {string} instant at which something ends */
    lastDay: (instant) => zoneDay.format(new Date(Date.parse(instant) - 1)),
    /** @param {string} day */
    dayTick: (day) => tickDay.format(at(day)),
    /** @param {string} yearMonth yyyy-mm */
    month: (yearMonth) => month.format(at(yearMonth + '-01')),
    /** @param {string|number|null|undefined} instant */
    time: (instant) => (instant ? clock.format(new Date(instant)) : NONE),
    /** @param {string|number|null|undefined} instant */
    moment: (instant) => (instant ? moment.format(new Date(instant)) : NONE),
  };
}

/**
 * @param {string} from day
 * @param {string} to day
 * @returns {number} days between them
 */
export function daysBetween(from, to) {
  return Math.round((Date.parse(to + 'T00:00:00Z') - Date.parse(from + 'T00:00:00Z')) / MILLIS_OF_A_DAY);
}

/**
 * @param {string} day
 * @param {number} days
 * @returns {string} the day that many days later
 */
export function plusDays(day, days) {
  return new Date(Date.parse(day + 'T00:00:00Z') + days * MILLIS_OF_A_DAY).toISOString().slice(0, 10);
}
