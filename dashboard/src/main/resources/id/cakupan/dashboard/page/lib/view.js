/**
 * The address is the only source of what is shown: `readView` turns it into a view, `address` turns a view back.
 *
 * @typedef {'overview'|'districts'|'contractors'|'projects'|'fundings'|'hires'|'decisions'|'group'|'help'|'kiosk'|'login'|'missing'} PageName
 * @typedef {{page: PageName, level: string, id: string, lang: 'id'|'en', theme: 'light'|'dark'|'auto',
 *   query: Record<string, string>}} View
 */

/** Names of the query that may stand in an address, in the order in which they are written. */
export const NAMES = Object.freeze([
  'city', 'district', 'contractor', 'project', 'funding', 'state', 'reason', 'decision', 'q', 'sort', 'order', 'row',
  'from', 'to', 'asOf', 'next', 'lang', 'theme',
]);

/** What a link to another page keeps. */
export const KEPT = Object.freeze(['city', 'asOf', 'lang', 'theme']);

const LEVELS = ['city', 'district', 'contractor', 'project', 'funding'];
const PAGES = ['districts', 'contractors', 'projects', 'fundings', 'hires', 'decisions', 'help', 'kiosk', 'login'];
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MAX_LENGTH = 200;

/**
 * The view that an address asks for; what it does not know, it ignores.
 *
 * @param {{pathname: string, search: string}} where
 * @returns {View}
 */
export function readView(where) {
  /** @type {Record<string, string>} */
  const query = {};
  const given = new URLSearchParams(where.search);
  for (const name of NAMES) {
    const value = given.get(name);
    if (value !== null && value !== '' && value.length <= MAX_LENGTH && allowed(name, value)) {
      query[name] = value;
    }
  }
  const lang = query['lang'] === 'en' ? 'en' : 'id';
  const theme = query['theme'] === 'light' || query['theme'] === 'dark' ? query['theme'] : 'auto';
  return { ...pageOf(where.pathname), lang, theme, query };
}

/**
 * The address of a view: its page and those of its query that say something.
 *
 * @param {{page: PageName, level?: string, id?: string}} to
 * @param {Record<string, string|number|null|undefined>} query
 * @returns {string}
 */
export function address(to, query) {
  return pathOf(to) + asQuery(query);
}

/**
 * A query with its question mark, names in one order, so that equal views have equal addresses.
 *
 * @param {Record<string, string|number|null|undefined>} query
 * @returns {string}
 */
export function asQuery(query) {
  const parts = [];
  for (const name of NAMES) {
    const value = query[name];
    if (value !== undefined && value !== null && value !== '' && !(name === 'row' && Number(value) === 0)) {
      parts.push(name + '=' + encodeURIComponent(String(value)));
    }
  }
  return parts.length === 0 ? '' : '?' + parts.join('&');
}

/**
 * What a link to another page takes along from this view.
 *
 * @param {View} view
 * @returns {Record<string, string>}
 */
export function kept(view) {
  /** @type {Record<string, string>} */
  const result = {};
  for (const name of KEPT) {
    const value = view.query[name];
    if (value !== undefined) {
      result[name] = value;
    }
  }
  return result;
}

/**
 * @param {string} name
 * @param {string} value
 */
function allowed(name, value) {
  switch (name) {
    case 'asOf':
    case 'from':
    case 'to':
      return DAY.test(value) && !Number.isNaN(Date.parse(value));
    case 'row':
      return /^\d{1,7}$/.test(value);
    case 'order':
      return value === 'asc' || value === 'desc';
    case 'next':
      return /^\/(?![/\\])/.test(value);
    default:
      return true;
  }
}

/**
 * @param {string} path
 * @returns {{page: PageName, level: string, id: string}}
 */
function pageOf(path) {
  if (path === '/' || path === '') {
    return { page: 'overview', level: '', id: '' };
  }
  const parts = path.replace(/\/$/, '').split('/').slice(1);
  const first = parts[0] ?? '';
  if (parts.length === 1 && PAGES.includes(first)) {
    return { page: /** @type {PageName} */ (first), level: '', id: '' };
  }
  if (parts.length === 3 && first === 'group' && LEVELS.includes(parts[1] ?? '')) {
    try {
      return { page: 'group', level: parts[1] ?? '', id: decodeURIComponent(parts[2] ?? '') };
    } catch {
      return { page: 'missing', level: '', id: '' };
    }
  }
  return { page: 'missing', level: '', id: '' };
}

/** @param {{page: PageName, level?: string, id?: string}} to */
function pathOf(to) {
  if (to.page === 'group') {
    return '/group/' + (to.level ?? '') + '/' + encodeURIComponent(to.id ?? '');
  }
  return to.page === 'overview' || to.page === 'missing' ? '/' : '/' + to.page;
}
