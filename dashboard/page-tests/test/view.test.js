import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, kept, readView } from '../../src/main/resources/id/cakupan/dashboard/page/lib/view.js';

const at = (href) => {
  const url = new URL(href, 'http://localhost');
  return readView({ pathname: url.pathname, search: url.search });
};

test('should read what it writes', () => {
  const query = { q: 'jalan & "taman"', district: '35.73.02', sort: 'name', order: 'asc', row: '120', lang: 'en', theme: 'dark' };
  const view = at(address({ page: 'projects' }, query));
  assert.equal(view.page, 'projects');
  assert.deepEqual(view.query, query);
  assert.equal(view.lang, 'en');
  assert.equal(view.theme, 'dark');
});

test('should keep ids with slashes, colons and spaces', () => {
  for (const id of ['npwp:0317037091445000', 'a/b c', '35.73:APBD', 'x%2Fy', '..']) {
    const view = at(address({ page: 'group', level: 'contractor', id }, {}));
    assert.equal(view.page, id === '..' ? view.page : 'group');
    if (id !== '..') {
      assert.equal(view.id, id);
    }
  }
});

test('should write equal views as equal addresses', () => {
  assert.equal(
    address({ page: 'hires' }, { state: 'overdue', q: 'a' }),
    address({ page: 'hires' }, { q: 'a', state: 'overdue', sort: '', row: 0, reason: null }),
  );
});

test('should ignore what it does not know', () => {
  const view = at('/projects?asOf=yesterday&order=up&row=-1&evil=1&q=' + 'x'.repeat(300));
  assert.deepEqual(view.query, {});
});

test('should be Indonesian and follow the system unless the address says otherwise', () => {
  const view = at('/?lang=fr&theme=pink');
  assert.equal(view.lang, 'id');
  assert.equal(view.theme, 'auto');
});

test('should not be sent to other hosts after logging in', () => {
  assert.equal(at('/login?next=https://example.org').query.next, undefined);
  assert.equal(at('/login?next=//example.org').query.next, undefined);
  assert.equal(at('/login?next=/\\example.org').query.next, undefined);
  assert.equal(at('/login?next=/projects').query.next, '/projects');
});

test('should take language, theme, city and day along to other pages, nothing else', () => {
  assert.deepEqual(kept(at('/projects?q=x&lang=en&theme=dark&city=35.73&asOf=2026-01-31&state=all')),
    { city: '35.73', asOf: '2026-01-31', lang: 'en', theme: 'dark' });
});

test('should not know other addresses', () => {
  for (const path of ['/x', '/group/worker/1', '/group/project', '/group/project/%E0%A4%A', '/projects/1']) {
    assert.equal(at(path).page, 'missing', path);
  }
});
