import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { get, send, whenLoginNeeded } from '../../src/main/resources/id/cakupan/dashboard/page/lib/api.js';

const fetched = globalThis.fetch;
const told = [];
whenLoginNeeded((problem) => told.push(problem));

/** Lets the server answer so. */
function answering(status, body, type = 'application/problem+json') {
  globalThis.fetch = () => Promise.resolve(new Response(body, { status, headers: { 'Content-Type': type } }));
}

afterEach(() => {
  globalThis.fetch = fetched;
  told.length = 0;
});

test('should tell whenever an answer asks for a login', async () => {
  answering(401, '{"title":"Login required"}');
  await assert.rejects(get('/overview'), { status: 401 });
  await assert.rejects(send('POST', '/decisions', {}), { status: 401 });
  assert.deepEqual(told.map((problem) => problem.body.title), ['Login required', 'Login required']);
});

test('should take the page of a proxy for a login, not for data', async () => {
  answering(200, '<html></html>', 'text/html');
  await assert.rejects(get('/overview'), { status: 401 });
  answering(401, '<html></html>', 'text/html');
  await assert.rejects(get('/overview'), { status: 401 });
  assert.deepEqual(told.map((problem) => problem.body.title), [undefined, undefined]);
});

test('should not tell of a login that is refused, nor of other problems', async () => {
  answering(401, '{"title":"Wrong credentials"}');
  await assert.rejects(send('POST', '/session', {}), { status: 401 });
  answering(403, '{"title":"Forbidden"}');
  await assert.rejects(get('/overview'), { status: 403 });
  answering(200, '{"n":1}', 'application/json; charset=utf-8');
  assert.deepEqual(await get('/overview'), { n: 1 });
  assert.deepEqual(told, []);
});
