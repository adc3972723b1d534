import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textsOf, wordsOf } from '../../src/main/resources/id/cakupan/dashboard/page/lib/texts.js';

globalThis.window = /** @type {any} */ ({ location: { pathname: '/', search: '' } });
const { coveredOf, uncoveredOf, whyNoRatio } = await import('../../src/main/resources/id/cakupan/dashboard/page/parts/figures.js');
const { sentence } = await import('../../src/main/resources/id/cakupan/dashboard/page/parts/headline.js');

const ID = textsOf('id', 'Asia/Jakarta', await wordsOf('id'));
const WITHHELD = { suppressed: true, workers: 170, coveredWorkers: null, uncoveredWorkers: null, ratio: null };

test('should say how many of how many are covered', () => {
  const row = { suppressed: false, workers: 170, coveredWorkers: 120, uncoveredWorkers: 50, ratio: 12 / 17 };
  assert.equal(coveredOf(row, ID), '120 dari 170');
  assert.equal(uncoveredOf(row, ID), '50');
  assert.equal(whyNoRatio(row, ID), null);
});

test('should tell the public as much as the server tells, and no more', () => {
  const few = { ...WITHHELD, coverage: 'FEW_UNCOVERED' };
  assert.equal(coveredOf(few, ID), '170 pekerja');
  assert.equal(uncoveredOf(few, ID), 'sedikit');
  assert.match(whyNoRatio(few, ID) ?? '', /^170 pekerja; hanya sedikit yang belum terlindungi/);
  const fewCovered = { ...WITHHELD, coverage: 'FEW_COVERED' };
  assert.equal(coveredOf(fewCovered, ID), 'sedikit dari 170');
  assert.equal(uncoveredOf(fewCovered, ID), '—');
  assert.match(whyNoRatio(fewCovered, ID) ?? '', /^170 pekerja; hanya sedikit yang terlindungi/);
  const hidden = { ...WITHHELD, coverage: 'HIDDEN' };
  assert.equal(coveredOf(hidden, ID), '170 pekerja');
  assert.equal(uncoveredOf(hidden, ID), '—');
  const nothing = { ...hidden, workers: null };
  assert.equal(coveredOf(nothing, ID), '—');
  assert.equal(whyNoRatio(nothing, ID), 'Angka ditutup untuk melindungi kelompok kecil.');
});

test('should say today only of the figures of today', () => {
  const row = { suppressed: false, workers: 10, coveredWorkers: 4, uncoveredWorkers: 6, ratio: 0.4 };
  assert.match(sentence(row, null, 'Malang', ID, null), /^Hari ini 40,0%/);
  assert.match(sentence(row, null, 'Malang', ID, '2026-11-24'), /^Pada 24 November 2026, 40,0%/);
  assert.doesNotMatch(sentence({ ...row, workers: 0 }, null, 'Malang', ID, '2026-11-24'), /saat ini/i);
});
