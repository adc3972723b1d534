/** Base of the server's resources. */
export const API = '/api/v1';

/**
 * Why an answer failed; status 0 when the server did not answer at all.
 */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {{title?: string, detail?: string, titleId?: string, detailId?: string}} body
   */
  constructor(status, body) {
    super(body.title ?? 'HTTP ' + status);
    this.status = status;
    this.body = body;
  }

  /**
   * @param {'id'|'en'} lang
   * @returns {string} what the server says about it, in that language, or empty
   */
  said(lang) {
    const title = (lang === 'id' ? this.body.titleId : null) ?? this.body.title ?? '';
    const detail = (lang === 'id' ? this.body.detailId : null) ?? this.body.detail ?? '';
    return detail === '' || detail === title ? title : title + ': ' + detail;
  }
}

const LOGIN = '/session';
const LOGIN_NEEDED = 401;

/** @type {(problem: Problem) => void} */
let loginNeeded = () => undefined;

/**
 * Tells of every answer that asks for a login, whoever asked for it; a refused login itself is none.
 *
 * @param {(problem: Problem) => void} listener in place of the one before
 */
export function whenLoginNeeded(listener) {
  loginNeeded = listener;
}

/**
 * @template T
 * @param {string} path below the base, with its query
 * @param {AbortSignal} [signal]
 * @returns {Promise<T>}
 */
export async function get(path, signal) {
  const answer = await ask('GET', path, undefined, signal);
  if (!(answer.headers.get('Content-Type') ?? '').includes('json')) {
    throw needed(new Problem(LOGIN_NEEDED, {}));
  }
  return answer.json();
}

/**
 * A page in place of data is that of a proxy which asks for a login; so is a 401.
 *
 * @param {Problem} problem
 */
function needed(problem) {
  loginNeeded(problem);
  return problem;
}

/**
 * Sends something; the header tells the server that this page asks, not a form of another site.
 *
 * @param {'POST'|'DELETE'} method
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<Response>}
 */
export function send(method, path, body) {
  return ask(method, path, body, undefined);
}

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} body
 * @param {AbortSignal|undefined} signal
 * @returns {Promise<Response>}
 */
async function ask(method, path, body, signal) {
  /** @type {Record<string, string>} */
  const headers = { Accept: 'application/json' };
  /** @type {RequestInit} */
  const init = { method, headers, credentials: 'same-origin' };
  if (signal !== undefined) {
    init.signal = signal;
  }
  if (method !== 'GET') {
    headers['X-Cakupan-Request'] = 'page';
  }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
    init.body = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(API + path, init);
  } catch (e) {
    if (e instanceof DOMException && e.name === 'AbortError') {
      throw e;
    }
    throw new Problem(0, {});
  }
  if (!answer.ok) {
    const problem = new Problem(answer.status, await problemOf(answer));
    throw answer.status === LOGIN_NEEDED && path !== LOGIN ? needed(problem) : problem;
  }
  return answer;
}

/**
 * @param {Response} answer
 * @returns {Promise<Record<string, string>>}
 */
async function problemOf(answer) {
  try {
    return await answer.json();
  } catch {
    return {};
  }
}

/**
 * A query for the server: only names with a value, in the given order.
 *
 * @param {Record<string, string|number|string[]|null|undefined>} values a list is repeated
 * @returns {string}
 */
export function queryOf(values) {
  const parts = [];
  for (const [name, value] of Object.entries(values)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') {
        parts.push(name + '=' + encodeURIComponent(String(one)));
      }
    }
  }
  return parts.length === 0 ? '' : '?' + parts.join('&');
}
