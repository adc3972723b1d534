import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freshness, OFFLINE_MS, SILENCE_MS } from '../../src/main/resources/id/cakupan/dashboard/page/lib/freshness.js';

const NOW = 1_000_000;
const LIVE = { fixed: false, daily: false, paused: false, connected: true, everConnected: true, lostAt: null, heardAt: NOW, serverState: 'live', now: NOW };
const LOST = { ...LIVE, connected: false, lostAt: NOW };

const cases = [
  ['live', LIVE, 'live'],
  ['paused', { ...LIVE, paused: true }, 'paused'],
  ['stale', { ...LIVE, serverState: 'stale' }, 'stale'],
  ['rebuilding even while paused', { ...LIVE, paused: true, serverState: 'rebuilding' }, 'rebuilding'],
  ['reconnecting once lost', LOST, 'reconnecting'],
  ['connecting at first', { ...LOST, everConnected: false }, 'connecting'],
  ['offline after a while', { ...LOST, now: NOW + OFFLINE_MS }, 'offline'],
  ['offline also when never connected', { ...LOST, everConnected: false, now: NOW + OFFLINE_MS }, 'offline'],
  ['reconnecting after silence', { ...LIVE, now: NOW + SILENCE_MS + 1 }, 'reconnecting'],
  ['offline after long silence', { ...LIVE, now: NOW + OFFLINE_MS }, 'offline'],
  ['offline even while paused', { ...LOST, paused: true, now: NOW + OFFLINE_MS }, 'offline'],
  ['fixed whatever happens', { ...LOST, fixed: true, now: NOW + OFFLINE_MS }, 'fixed'],
  ['daily in public', { ...LIVE, daily: true, now: NOW + SILENCE_MS * 3 }, 'daily'],
];

for (const [name, signs, expected] of cases) {
  test('should be ' + name, () => assert.equal(freshness(signs), expected));
}
