/**
 * Rows of a long table of which only a window is known. Rows keep their places while values change; where the server's
 * order has become another, the difference is counted until somebody applies it.
 *
 * @template R
 * @typedef {{base: string, total: number, rows: Map<number, R>, latest: Map<number, R>, moved: number, gone: Set<string>}} Window
 */

/** Rows are asked for from multiples of this. */
export const BLOCK = 50;
/** Rows asked for at once. */
export const LIMIT = 150;
/** Rows kept; those far from the window are forgotten. */
const KEPT = 3_000;

/**
 * @template R
 * @param {string} base what is asked for, without the window
 * @returns {Window<R>}
 */
export function emptyWindow(base) {
  return { base, total: 0, rows: new Map(), latest: new Map(), moved: 0, gone: new Set() };
}

/**
 * @param {number} first row that is visible
 * @returns {number} offset to ask for
 */
export function offsetFor(first) {
  return Math.max(0, Math.floor((first - BLOCK / 2) / BLOCK) * BLOCK);
}

/**
 * Takes an answer in: new places are filled, known ones keep their row and take its new values.
 *
 * @template R
 * @param {Window<R>} before
 * @param {{total: number, offset: number, rows: R[]}} answer
 * @param {(row: R) => string} keyOf
 * @returns {Window<R>}
 */
export function merged(before, answer, keyOf) {
  const rows = new Map(before.rows);
  /** @type {Map<number, R>} */
  const latest = new Map();
  /** @type {Map<string, R>} */
  const byKey = new Map();
  answer.rows.forEach((row, i) => {
    latest.set(answer.offset + i, row);
    byKey.set(keyOf(row), row);
  });
  let moved = 0;
  /** @type {Set<string>} */
  const gone = new Set();
  const end = Math.max(answer.offset + answer.rows.length, answer.offset + LIMIT);
  for (let i = answer.offset; i < end; i++) {
    const held = rows.get(i);
    const now = latest.get(i);
    if (held === undefined) {
      if (now !== undefined) {
        rows.set(i, now);
      }
      continue;
    }
    const same = byKey.get(keyOf(held));
    if (same !== undefined) {
      rows.set(i, same);
    } else {
      gone.add(keyOf(held));
    }
    if (now === undefined || keyOf(now) !== keyOf(held)) {
      moved++;
    }
  }
  if (rows.size > KEPT) {
    for (const index of [...rows.keys()]) {
      if (Math.abs(index - answer.offset) > KEPT / 2) {
        rows.delete(index);
      }
    }
  }
  return { base: before.base, total: Math.max(answer.total, lastOf(rows) + 1), rows, latest, moved, gone };
}

/**
 * Puts new values into rows that keep their places.
 *
 * @template R
 * @param {Window<R>} before
 * @param {R[]} news
 * @param {(row: R) => string} keyOf
 * @returns {Window<R>}
 */
export function refreshed(before, news, keyOf) {
  const byKey = new Map(news.map((row) => [keyOf(row), row]));
  const rows = new Map(before.rows);
  for (const [index, row] of rows) {
    const now = byKey.get(keyOf(row));
    if (now !== undefined) {
      rows.set(index, now);
    }
  }
  return { ...before, rows };
}

/**
 * The server's order in place of the one held.
 *
 * @template R
 * @param {Window<R>} before
 * @param {number} total
 * @returns {Window<R>}
 */
export function applied(before, total) {
  return { ...before, total, rows: new Map(before.latest), moved: 0, gone: new Set() };
}

/** @param {Map<number, unknown>} rows */
function lastOf(rows) {
  let last = -1;
  for (const index of rows.keys()) {
    last = Math.max(last, index);
  }
  return last;
}
