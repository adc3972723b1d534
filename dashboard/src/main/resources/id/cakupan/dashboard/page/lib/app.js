import { createContext, useContext, useEffect, useState } from '../vendor/preact.js';
import { API, get, Problem } from './api.js';
import { cell, useCell } from './cells.js';
import { createLive } from './live.js';
import { address, kept, readView } from './view.js';

/**
 * What all parts of the page share: the view in the address, the stream, the words.
 *
 * @typedef {import('./view.js').View} View
 * @typedef {import('./texts.js').Texts} Texts
 * @typedef {import('./types.js').Status} Status
 * @typedef {{view: View, texts: Texts, status: Status, live: boolean}} Shared
 */

/** @typedef {{path: string|null, data: any, problem: Problem|null}} Answered */

/** @type {Answered} */
const NOTHING = { path: null, data: null, problem: null };

/** @type {import('./cells.js').Cell<View>} */
export const view = cell(readView(window.location));

export const stream = createLive({
  open: (url) => new EventSource(API + url),
  get,
  now: () => Date.now(),
  later(ms, task) {
    const timer = window.setTimeout(task, ms);
    return () => window.clearTimeout(timer);
  },
});

/** A message for assistive technology, said once. */
export const spoken = cell('');

const SharedContext = createContext(/** @type {Shared|null} */ (null));
export const Share = SharedContext.Provider;

/** @returns {Shared} */
export function useShared() {
  const shared = useContext(SharedContext);
  if (shared === null) {
    throw new Error('outside of the page');
  }
  return shared;
}

/**
 * Goes to an address of this page.
 *
 * @param {string} href
 * @param {{replace?: boolean}} [how] replace: as a change of the present view, not a step of the history
 */
export function go(href, how) {
  if (how?.replace) {
    window.history.replaceState(null, '', href);
  } else {
    window.history.pushState(null, '', href);
  }
  view.set(readView(window.location));
}

/**
 * Changes parts of the present view.
 *
 * @param {Record<string, string|number|null>} changes
 * @param {{replace?: boolean}} [how]
 */
export function change(changes, how) {
  go(addressWith(changes), how);
}

/**
 * The present address with some of its query changed.
 *
 * @param {Record<string, string|number|null>} changes
 * @returns {string}
 */
export function addressWith(changes) {
  const now = view.get();
  return address(now, { ...now.query, ...changes });
}

/**
 * Address of another page, which keeps language, theme, city and day.
 *
 * @param {import('./view.js').PageName} page
 * @param {Record<string, string|number|null>} [query]
 * @returns {string}
 */
export function linkTo(page, query) {
  return address({ page }, { ...kept(view.get()), ...query });
}

/**
 * Address of a group.
 *
 * @param {string} level
 * @param {string} id
 * @returns {string}
 */
export function groupLink(level, id) {
  return address({ page: 'group', level, id }, kept(view.get()));
}

/**
 * The day of the figures where it is not today: that of the address, or the one that the public sees.
 *
 * @returns {string|null} null for today
 */
export function useDay() {
  const { view: shown, status } = useShared();
  return shown.query['asOf'] ?? (status.publicMode ? status.asOf : null);
}

/**
 * Follows the page's resource.
 *
 * @template T
 * @param {string|null} path with its query, null for none
 * @returns {{data: T|null, problem: Problem|null, path: string|null}} path: the one that was answered
 */
export function useLive(path) {
  const { live } = useShared();
  const [state, setState] = useState(/** @type {Answered} */ (NOTHING));
  useEffect(() => {
    if (path === null) {
      return undefined;
    }
    return stream.follow(path, live, {
      data: (data) => setState({ path, data, problem: null }),
      problem: (problem) =>
        setState((/** @type {Answered} */ before) => ({ path, data: before.path === path ? before.data : null, problem: asProblem(problem) })),
    });
  }, [path, live]);
  return sameResource(state.path, path) ? state : NOTHING;
}

/**
 * Reads a resource beside the followed one, again when the stream brings something.
 *
 * @template T
 * @param {string|null} path with its query, null for none
 * @param {number} [gap] milliseconds between two readings, at least
 * @returns {{data: T|null, problem: Problem|null, path: string|null}} path: the one that was answered
 */
export function useBeside(path, gap = 0) {
  const { live } = useShared();
  const beat = useCalm(useCell(stream.beat), gap);
  const [state, setState] = useState(/** @type {Answered} */ (NOTHING));
  useEffect(() => {
    if (path === null) {
      return undefined;
    }
    const aborter = new AbortController();
    get(path, aborter.signal).then(
      (data) => setState({ path, data, problem: null }),
      (problem) => {
        if (!aborter.signal.aborted) {
          setState((/** @type {Answered} */ before) => ({
            path,
            data: before.path === path ? before.data : null,
            problem: asProblem(problem),
          }));
        }
      },
    );
    return () => aborter.abort();
  }, [path, live ? beat : 0]);
  return path === null ? NOTHING : state;
}

/**
 * A value that follows another at most once in `gap` milliseconds.
 *
 * @template T
 * @param {T} value
 * @param {number} gap
 * @returns {T}
 */
function useCalm(value, gap) {
  const [calm, setCalm] = useState({ value, at: 0 });
  useEffect(() => {
    if (Object.is(calm.value, value)) {
      return undefined;
    }
    const wait = Math.max(0, calm.at + gap - Date.now());
    const timer = window.setTimeout(() => setCalm({ value, at: Date.now() }), wait);
    return () => window.clearTimeout(timer);
  }, [value, calm, gap]);
  return gap === 0 ? value : calm.value;
}

/**
 * @param {unknown} e
 * @returns {Problem}
 */
export function asProblem(e) {
  return e instanceof Problem ? e : new Problem(0, { title: String(e) });
}

/**
 * Answers of one resource under another query may stay on the screen until the next one comes.
 *
 * @param {string|null} one
 * @param {string|null} other
 */
function sameResource(one, other) {
  return one !== null && other !== null && one.split('?')[0] === other.split('?')[0];
}
