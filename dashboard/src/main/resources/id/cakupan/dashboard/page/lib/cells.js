import { useLayoutEffect, useState } from '../vendor/preact.js';

/**
 * A value that tells when it changes.
 *
 * @template T
 * @typedef {{get: () => T, set: (value: T) => void, watch: (listener: () => void) => () => void}} Cell
 */

/**
 * @template T
 * @param {T} first
 * @returns {Cell<T>}
 */
export function cell(first) {
  let value = first;
  /** @type {Set<() => void>} */
  const listeners = new Set();
  return {
    get: () => value,
    set(next) {
      if (!Object.is(next, value)) {
        value = next;
        for (const listener of [...listeners]) {
          listener();
        }
      }
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * The value of a cell; the component is drawn again when it changes.
 *
 * @template T
 * @param {Cell<T>} of
 * @returns {T}
 */
export function useCell(of) {
  const [, draw] = useState(0);
  const shown = of.get();
  useLayoutEffect(() => {
    const again = () => draw((/** @type {number} */ n) => n + 1);
    const stop = of.watch(again);
    if (!Object.is(shown, of.get())) {
      again();
    }
    return stop;
  }, [of]);
  return shown;
}
