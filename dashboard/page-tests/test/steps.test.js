import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayTicks, linesOf, planned, ratioAxis, stepOn, stepsOf } from '../../src/main/resources/id/cakupan/dashboard/page/lib/steps.js';

const POINTS = [
  { day: '2026-01-01', workers: 10, coveredWorkers: 2 },
  { day: '2026-02-01', workers: 0, coveredWorkers: 0 },
  { day: '2026-03-01', workers: 10, coveredWorkers: 5 },
];

test('should hold each step until the next and begin where the chart begins', () => {
  const steps = stepsOf(POINTS, '2026-01-15', '2026-12-31');
  assert.deepEqual(steps.map((step) => [step.day, step.ratio]), [['2026-01-15', 0.2], ['2026-02-01', null], ['2026-03-01', 0.5]]);
  assert.equal(stepOn(steps, '2026-01-31')?.covered, 2);
  assert.equal(stepOn(steps, '2026-01-14'), null);
});

test('should let the last of several steps before the beginning hold', () => {
  assert.deepEqual(stepsOf(POINTS, '2026-02-10', '2026-02-20').map((step) => [step.day, step.ratio]), [['2026-02-10', null]]);
});

test('should have no ratio without workers', () => {
  assert.equal(stepsOf(POINTS, '2026-02-01', '2026-02-02')[0]?.ratio, null);
});

test('should draw the path straight from baseline to target, and level from then on', () => {
  const path = { baselineRatio: 0.2, baselineOn: '2026-01-01', ratio: 0.4, dueOn: '2026-01-11' };
  assert.equal(planned(path, '2026-01-01'), 0.2);
  assert.ok(Math.abs((planned(path, '2026-01-06') ?? 0) - 0.3) < 1e-12);
  assert.equal(planned(path, '2026-01-12'), 0.4);
  assert.equal(planned(path, '2025-12-31'), null);
  assert.equal(planned({ ...path, baselineOn: null }, '2026-01-06'), null);
  assert.equal(planned(null, '2026-01-06'), null);
});

test('should frame all ratios with round ticks within 0 and 1', () => {
  for (const ratios of [[0.38, 0.41], [0, 1], [1, 1], [0.4], [0], [], [0.999, 0.2], [0.123456]]) {
    const { low, high, ticks } = ratioAxis(ratios);
    assert.ok(low >= 0 && high <= 1 && low < high, JSON.stringify({ ratios, low, high }));
    assert.ok(ratios.every((ratio) => ratio >= low - 1e-9 && ratio <= high + 1e-9), JSON.stringify({ ratios, low, high }));
    assert.ok(ticks.length >= 2 && ticks.length <= 8, JSON.stringify(ticks));
  }
});

test('should label days a few times, within the chart', () => {
  for (const [from, to] of [['2026-01-01', '2026-01-31'], ['2026-01-31', '2026-09-30'], ['2020-02-29', '2027-01-01'], ['2026-05-05', '2026-05-06']]) {
    const ticks = dayTicks(from, to, 8);
    assert.ok(ticks.length >= 1 && ticks.length <= 9, from + ' ' + ticks);
    assert.ok(ticks.every((day) => day >= from && day <= to));
  }
});

test('should draw what was reported where nothing else may be told', () => {
  const timeline = {
    today: '2026-03-02', firstKnown: null, lastKnown: null, points: [], reportedFrom: '2026-01-01', reportedTo: '2026-03-02', path: null,
    reported: [...POINTS, { day: '2026-03-02', workers: 10, coveredWorkers: null }], months: [], changesAhead: [],
  };
  const lines = linesOf(timeline, '2026-01-15', '2026-03-02');
  assert.deepEqual(lines.known, []);
  assert.deepEqual(lines.reported.map((step) => step.ratio), [0.2, null, 0.5, null]);
  assert.deepEqual(lines.ratios, [0.2, 0.5]);
  assert.deepEqual(lines.stops, ['2026-01-15', '2026-02-01', '2026-03-01', '2026-03-02']);
});
