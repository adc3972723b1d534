import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applied, BLOCK, emptyWindow, LIMIT, merged, offsetFor, refreshed } from '../../src/main/resources/id/cakupan/dashboard/page/lib/window.js';

const keyOf = (row) => row.id;
const answer = (ids, offset = 0, value = 0, total = ids.length) => ({ total, offset, rows: ids.map((id) => ({ id, value })) });
const shown = (window) => [...window.rows.entries()].sort((a, b) => a[0] - b[0]).map(([, row]) => row.id + row.value).join(' ');

test('should keep rows in their places while their values change', () => {
  const first = merged(emptyWindow('x'), answer(['a', 'b', 'c']), keyOf);
  const next = merged(first, answer(['c', 'a', 'b'], 0, 1), keyOf);
  assert.equal(shown(next), 'a1 b1 c1');
  assert.equal(next.moved, 3);
  assert.equal(shown(applied(next, 3)), 'c1 a1 b1');
  assert.equal(applied(next, 3).moved, 0);
});

test('should count nothing while the order is the same', () => {
  const first = merged(emptyWindow('x'), answer(['a', 'b']), keyOf);
  assert.equal(merged(first, answer(['a', 'b'], 0, 5), keyOf).moved, 0);
});

test('should keep a row that left, say so, and take its new values', () => {
  const first = merged(emptyWindow('x'), answer(['a', 'b', 'c']), keyOf);
  const next = merged(first, answer(['a', 'c'], 0, 1), keyOf);
  assert.deepEqual([...next.gone], ['b']);
  assert.equal(shown(next), 'a1 b0 c1');
  assert.equal(shown(refreshed(next, [{ id: 'b', value: 9 }], keyOf)), 'a1 b9 c1');
  assert.equal(shown(applied(next, 2)), 'a1 c1');
  assert.equal(next.total, 3);
});

test('should fill further windows without touching the ones before', () => {
  const first = merged(emptyWindow('x'), answer(['a', 'b'], 0, 0, 4), keyOf);
  const next = merged(first, answer(['c', 'd'], 2, 1, 4), keyOf);
  assert.equal(shown(next), 'a0 b0 c1 d1');
  assert.equal(next.total, 4);
});

test('should ask for windows that hold what is visible', () => {
  for (const first of [0, 1, 49, 50, 51, 99, 99_999]) {
    const offset = offsetFor(first);
    assert.equal(offset % BLOCK, 0);
    assert.ok(offset <= first && first + 60 <= offset + LIMIT, first + ' in ' + offset);
  }
});

test('should forget rows far away', () => {
  let window = emptyWindow('x');
  for (let offset = 0; offset < 100_000; offset += LIMIT) {
    window = merged(window, answer([...Array(LIMIT).keys()].map((i) => 'r' + (offset + i)), offset, 0, 100_000), keyOf);
  }
  assert.ok(window.rows.size < 5_000, String(window.rows.size));
});
