import { cell } from './cells.js';
import { SILENCE_MS } from './freshness.js';

/**
 * The one stream of a page. Every connection begins with a whole snapshot, so there is no logic for gaps; a browser
 * tab that stays hidden lets its connection go.
 *
 * @typedef {import('./types.js').Status} Status
 * @typedef {{connected: boolean, everConnected: boolean, lostAt: number|null, heardAt: number|null}} Link
 * @typedef {{data: (data: any) => void, problem: (problem: unknown) => void}} Listener
 * @typedef {{addEventListener: (type: string, listener: (event: any) => void) => void, close: () => void}} Source
 * @typedef {{open: (url: string) => Source, get: (path: string) => Promise<any>, now: () => number,
 *   later: (ms: number, task: () => void) => () => void}} World
 */

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5_000;
const QUIET_STATUS_MS = 30_000;

/** @type {Link} */
const NEVER = { connected: false, everConnected: false, lostAt: null, heardAt: null };

/** @param {World} world */
export function createLive(world) {
  /** @type {import('./cells.js').Cell<Status|null>} */
  const status = cell(/** @type {Status|null} */ (null));
  const link = cell(NEVER);
  const paused = cell(false);
  const beat = cell(0);
  const offset = cell(0);

  /** @type {Source|null} */
  let source = null;
  /** @type {{path: string, live: boolean, listener: Listener}|null} */
  let followed = null;
  /** @type {{data: any}|null} */
  let held = null;
  /** Ends the one timer that runs: there is never a second one. */
  let cancel = () => {};
  /** Whether what is followed has been answered: its first answer is shown even while paused, there is nothing else to show. */
  let answered = false;
  let retry = FIRST_RETRY_MS;
  let asleep = false;
  let turn = 0;

  paused.watch(() => {
    if (!paused.get() && held !== null) {
      const { data } = held;
      held = null;
      deliver(data);
    }
  });

  /** @param {any} data */
  function deliver(data) {
    if (paused.get() && answered) {
      held = { data };
      return;
    }
    answered = true;
    followed?.listener.data(data);
    beat.set(beat.get() + 1);
  }

  /** @param {Status} next */
  function accept(next) {
    offset.set(Date.parse(next.serverTime) - world.now());
    status.set(next);
  }

  function heard() {
    link.set({ connected: true, everConnected: true, lostAt: null, heardAt: world.now() });
  }

  function lost() {
    const before = link.get();
    if (before.connected || before.lostAt === null) {
      link.set({ ...before, connected: false, lostAt: before.heardAt ?? world.now() });
    }
  }

  function drop() {
    source?.close();
    source = null;
    cancel();
    cancel = () => {};
    turn++;
  }

  function connect() {
    drop();
    if (followed === null || asleep) {
      return;
    }
    if (followed.live) {
      openStream(followed.path);
    } else {
      readOnce(followed.path);
    }
  }

  /** @param {string} path */
  function openStream(path) {
    const mine = turn;
    const stream = world.open('/live' + path);
    source = stream;
    let since = world.now();
    stream.addEventListener('snapshot', (event) => {
      since = world.now();
      retry = FIRST_RETRY_MS;
      heard();
      deliver(JSON.parse(event.data));
    });
    stream.addEventListener('status', (event) => {
      since = world.now();
      retry = FIRST_RETRY_MS;
      heard();
      accept(JSON.parse(event.data));
      if (!paused.get()) {
        beat.set(beat.get() + 1);
      }
    });
    stream.addEventListener('error', () => {
      if (mine === turn) {
        lost();
        again(path);
      }
    });
    const watch = () => {
      if (mine !== turn) {
        return;
      }
      if (world.now() - since > SILENCE_MS) {
        lost();
        again(path);
      } else {
        cancel = world.later(SILENCE_MS / 4, watch);
      }
    };
    cancel = world.later(SILENCE_MS / 4, watch);
  }

  /**
   * Tries again after a while that doubles. A plain request first: its answer says why a stream is refused.
   *
   * @param {string} path
   */
  function again(path) {
    drop();
    const mine = turn;
    const wait = retry;
    retry = Math.min(LAST_RETRY_MS, retry * 2);
    cancel = world.later(wait, async () => {
      try {
        const data = await world.get(path);
        if (mine === turn) {
          deliver(data);
          connect();
        }
      } catch (e) {
        if (mine === turn) {
          followed?.listener.problem(e);
          again(path);
        }
      }
    });
  }

  /** @param {string} path */
  async function readOnce(path) {
    const mine = turn;
    let read = false;
    const day = status.get()?.asOf ?? null;
    try {
      const data = await world.get(path);
      if (mine === turn) {
        read = true;
        heard();
        deliver(data);
      }
    } catch (e) {
      if (mine === turn) {
        followed?.listener.problem(e);
        lost();
      }
    }
    if (mine === turn) {
      cancel = world.later(QUIET_STATUS_MS, () => refreshStatus(mine, path, read ? day : ''));
    }
  }

  /**
   * Without a stream, asks how the server is; what was never read, or is of another day by now, is read again.
   *
   * @param {number} mine
   * @param {string} path
   * @param {string|null} day on which it was read, empty when it was not
   */
  async function refreshStatus(mine, path, day) {
    try {
      const next = await world.get('/status');
      if (mine === turn) {
        heard();
        accept(next);
        if (next.asOf !== day) {
          readOnce(path);
          return;
        }
      }
    } catch {
      if (mine === turn) {
        lost();
      }
    }
    if (mine === turn) {
      cancel = world.later(QUIET_STATUS_MS, () => refreshStatus(mine, path, day));
    }
  }

  return {
    status,
    link,
    paused,
    /** Counts what arrives: whoever shows more than the stream brings asks anew at each count. */
    beat,
    /** Milliseconds by which the server's clock is ahead of this one. */
    offset,
    accept,
    /**
     * Follows one resource in place of the one before.
     *
     * @param {string} path with its query
     * @param {boolean} live false: read once, as for a fixed day
     * @param {Listener} listener
     * @returns {() => void} ends it
     */
    follow(path, live, listener) {
      const mine = { path, live, listener };
      followed = mine;
      held = null;
      answered = false;
      retry = FIRST_RETRY_MS;
      connect();
      return () => {
        if (followed === mine) {
          followed = null;
          drop();
        }
      };
    },
    /** Forgets what was followed, what is held back and who asked: nothing of it may be shown to whoever comes next. */
    forget() {
      followed = null;
      held = null;
      drop();
      status.set(null);
      link.set(NEVER);
    },
    sleep() {
      asleep = true;
      drop();
    },
    wake() {
      if (asleep) {
        asleep = false;
        connect();
      }
    },
  };
}
