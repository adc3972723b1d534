import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysBetween, plusDays, textsOf, wordsOf } from '../../src/main/resources/id/cakupan/dashboard/page/lib/texts.js';
import { modules, read } from './page.js';

const CATALOGUES = { id: await wordsOf('id'), en: await wordsOf('en') };
const ID = textsOf('id', 'Asia/Jakarta', CATALOGUES.id);
const EN = textsOf('en', 'Asia/Jakarta', CATALOGUES.en);
const names = (text) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort();

test('should have every message in both languages', () => {
  assert.deepEqual(Object.keys(CATALOGUES.id).sort(), Object.keys(CATALOGUES.en).sort());
});

test('should name the same values in both languages', () => {
  for (const [key, text] of Object.entries(CATALOGUES.id)) {
    assert.deepEqual(names(text), names(CATALOGUES.en[key]), key);
  }
});

test('should have every message that a module asks for', () => {
  for (const name of modules()) {
    for (const [, key, open] of read(name).matchAll(/\bt\('([\w.-]+)'( \+)?/g)) {
      const found = open === undefined ? CATALOGUES.id[key] !== undefined
        : Object.keys(CATALOGUES.id).some((each) => each.startsWith(key));
      assert.ok(found, name + ' asks for ' + key);
    }
  }
});

test('should have no message that nothing asks for', () => {
  const sources = modules().filter((name) => !name.startsWith('messages/')).map(read).join('\n');
  const prefixes = [...sources.matchAll(/'([a-z][\w]*(?:\.[\w]+)*\.)' \+|\(name === 'state' \? '(\w+\.)' : '(\w+\.)'\)/g)].flatMap((match) => match.slice(1)).filter(Boolean);
  const whole = new Set([...sources.matchAll(/'([\w.-]+)'/g)].map((match) => match[1]));
  const help = /^help\.[qa]\d$/;
  for (const key of Object.keys(CATALOGUES.id)) {
    assert.ok(whole.has(key) || help.test(key) || prefixes.some((prefix) => key.startsWith(prefix)), key);
  }
});

test('should write numbers in the form of the language', () => {
  assert.equal(ID.number(12431), '12.431');
  assert.equal(EN.number(12431), '12,431');
  assert.equal(ID.percent(0.6142), '61,4%');
  assert.equal(EN.percent(0.6142), '61.4%');
  assert.equal(ID.points(-0.0123), '-1,2');
  assert.equal(ID.rupiah(4_400_000_000_000), 'Rp 4,4 triliun');
});

test('should write no figure as a dash, never as zero', () => {
  assert.equal(ID.percent(null), '—');
  assert.equal(ID.number(null), '—');
  assert.equal(ID.day(null), '—');
});

test('should write days as they are and instants in the zone of the server', () => {
  assert.equal(ID.day('2026-12-31'), '31 Desember 2026');
  assert.equal(EN.day('2026-12-31'), '31 December 2026');
  assert.match(ID.moment('2026-12-31T18:30:00Z'), /1 Jan 2027.*01.30.*WIB/);
});

test('should choose the form of a word by its number', () => {
  assert.equal(EN.t('days', { n: 1 }), '1 day');
  assert.equal(EN.t('days', { n: 2 }), '2 days');
  assert.equal(ID.t('days', { n: 1 }), '1 hari');
});

test('should not read values as patterns', () => {
  assert.equal(ID.t('overview.title', { place: '{n} $& <b>' }), 'Perlindungan pekerja konstruksi {n} $& <b>');
});

test('should count days across months', () => {
  assert.equal(plusDays('2026-12-31', 1), '2027-01-01');
  assert.equal(daysBetween('2026-01-01', '2026-12-31'), 364);
});
