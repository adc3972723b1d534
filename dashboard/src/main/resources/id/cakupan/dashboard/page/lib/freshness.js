/**
 * How old what is shown may be. Decided in one place, from what the server says and from its silence.
 *
 * @typedef {'live'|'paused'|'reconnecting'|'stale'|'offline'|'rebuilding'|'fixed'|'daily'|'connecting'} Freshness
 *
 * @typedef {{fixed: boolean, daily: boolean, paused: boolean, connected: boolean, everConnected: boolean,
 *   lostAt: number|null, heardAt: number|null, serverState: string|null, now: number}} Signs
 */

/** Without a word for so long, the connection counts as lost. The server speaks at least every 5 s. */
export const SILENCE_MS = 12_000;
/** Lost for so long, the page says it is offline. */
export const OFFLINE_MS = 20_000;

/**
 * @param {Signs} signs
 * @returns {Freshness}
 */
export function freshness(signs) {
  if (signs.fixed) {
    return 'fixed';
  }
  const lostFor = lostSince(signs);
  if (lostFor !== null) {
    if (lostFor >= OFFLINE_MS) {
      return 'offline';
    }
    return signs.everConnected ? 'reconnecting' : 'connecting';
  }
  if (signs.serverState === 'rebuilding') {
    return 'rebuilding';
  }
  if (signs.paused) {
    return 'paused';
  }
  if (signs.serverState === 'stale') {
    return 'stale';
  }
  return signs.daily ? 'daily' : 'live';
}

/**
 * @param {Signs} signs
 * @returns {number|null} milliseconds since the connection was lost, null while it stands
 */
function lostSince(signs) {
  if (!signs.connected) {
    return signs.now - (signs.lostAt ?? signs.now);
  }
  if (signs.heardAt !== null && !signs.daily && signs.now - signs.heardAt > SILENCE_MS) {
    return signs.now - signs.heardAt;
  }
  return null;
}
