import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SILENCE_MS } from '../../src/main/resources/id/cakupan/dashboard/page/lib/freshness.js';

globalThis.window ??= /** @type {any} */ ({});
const { createLive } = await import('../../src/main/resources/id/cakupan/dashboard/page/lib/live.js');

/** A world whose clock and connections the test moves. */
function world() {
  let now = 0;
  let tasks = [];
  const opened = [];
  const asked = [];
  let answer = () => Promise.resolve({ n: 'read' });
  return {
    opened,
    asked,
    answering: (how) => {
      answer = how;
    },
    async pass(ms) {
      for (const end = now + ms; ;) {
        const next = tasks.filter((task) => task.at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) {
          now = end;
          return;
        }
        now = next.at;
        tasks = tasks.filter((task) => task !== next);
        await next.run();
        await new Promise((done) => setImmediate(done));
      }
    },
    now: () => now,
    later(ms, run) {
      const task = { at: now + ms, run };
      tasks.push(task);
      return () => {
        tasks = tasks.filter((each) => each !== task);
      };
    },
    get(path) {
      asked.push(path);
      return answer(path);
    },
    open(url) {
      const listeners = {};
      const source = {
        url,
        closed: false,
        addEventListener: (type, listener) => {
          listeners[type] = listener;
        },
        close: () => {
          source.closed = true;
        },
        say: (type, data) => listeners[type]?.({ data: JSON.stringify(data) }),
      };
      opened.push(source);
      return source;
    },
  };
}

function following(live = true) {
  const w = world();
  const stream = createLive(w);
  const got = [];
  const problems = [];
  const stop = stream.follow('/overview', live, { data: (data) => got.push(data.n), problem: (problem) => problems.push(problem) });
  return { w, stream, got, problems, stop };
}

const STATUS = { state: 'live', serverTime: '1970-01-01T00:00:07Z' };

test('should bring what the stream says, and the difference of the clocks', () => {
  const { w, stream, got } = following();
  w.opened[0].say('snapshot', { n: 1 });
  w.opened[0].say('status', STATUS);
  assert.deepEqual(got, [1]);
  assert.equal(stream.link.get().connected, true);
  assert.equal(stream.offset.get(), 7_000);
});

test('should open one stream at a time', () => {
  const { w, stream } = following();
  stream.follow('/hires', true, { data: () => undefined, problem: () => undefined });
  assert.equal(w.opened.length, 2);
  assert.equal(w.opened[0].closed, true);
  assert.equal(w.opened[1].url, '/live/hires');
});

test('should connect again after an error and take the whole snapshot', async () => {
  const { w, stream, got } = following();
  w.opened[0].say('snapshot', { n: 1 });
  w.opened[0].say('error');
  assert.equal(stream.link.get().connected, false);
  await w.pass(600);
  assert.equal(w.opened.length, 2);
  w.opened[1].say('snapshot', { n: 2 });
  assert.deepEqual(got, [1, 'read', 2]);
  assert.equal(stream.link.get().connected, true);
});

test('should notice a stream that has gone silent', async () => {
  const { w, stream } = following();
  w.opened[0].say('snapshot', { n: 1 });
  await w.pass(SILENCE_MS * 2 + 1_000);
  assert.equal(w.opened[0].closed, true);
  assert.ok(w.opened.length >= 2);
  assert.equal(stream.link.get().everConnected, true);
});

test('should tell why a stream is refused, and go on trying', async () => {
  const { w, problems, got } = following();
  w.answering(() => Promise.reject(new Error('no')));
  w.opened[0].say('error');
  await w.pass(4_000);
  assert.ok(problems.length >= 2);
  assert.equal(w.opened.length, 1);
  w.answering(() => Promise.resolve({ n: 'back' }));
  await w.pass(6_000);
  assert.deepEqual(got, ['back']);
  assert.equal(w.opened.length, 2);
});

test('should hold still while paused, and catch up afterwards', () => {
  const { w, stream, got } = following();
  w.opened[0].say('snapshot', { n: 1 });
  stream.paused.set(true);
  w.opened[0].say('snapshot', { n: 2 });
  w.opened[0].say('snapshot', { n: 3 });
  assert.deepEqual(got, [1]);
  stream.paused.set(false);
  assert.deepEqual(got, [1, 3]);
});

test('should show the first answer of what is newly followed while paused, and hold only later ones', () => {
  const { w, stream, got } = following();
  w.opened[0].say('snapshot', { n: 1 });
  stream.paused.set(true);
  w.opened[0].say('snapshot', { n: 2 });
  stream.follow('/hires', true, { data: (data) => got.push(data.n), problem: () => undefined });
  w.opened[1].say('snapshot', { n: 'first' });
  assert.deepEqual(got, [1, 'first']);
  w.opened[1].say('snapshot', { n: 'later' });
  assert.deepEqual(got, [1, 'first']);
  stream.paused.set(false);
  assert.deepEqual(got, [1, 'first', 'later']);
});

test('should read a fixed day once, without a stream', async () => {
  const { w, got } = following(false);
  await w.pass(1);
  assert.deepEqual(got, ['read']);
  assert.equal(w.opened.length, 0);
});

test('should read again without a stream when a new day has come, and when it could not', async () => {
  const { w, stream, got } = following(false);
  await w.pass(1);
  stream.accept({ ...STATUS, asOf: '2026-11-25' });
  let day = '2026-11-25';
  w.answering((path) => Promise.resolve(path === '/status' ? { ...STATUS, asOf: day } : { n: day }));
  await w.pass(31_000);
  assert.deepEqual(got, ['read', '2026-11-25']);
  await w.pass(60_000);
  assert.equal(got.length, 2);
  day = '2026-11-26';
  await w.pass(31_000);
  assert.deepEqual(got, ['read', '2026-11-25', '2026-11-26']);
  w.answering(() => Promise.reject(new Error('no')));
  await w.pass(31_000);
  assert.equal(stream.link.get().connected, false);
  w.answering((path) => Promise.resolve(path === '/status' ? { ...STATUS, asOf: '2026-11-27' } : { n: 'back' }));
  await w.pass(31_000);
  assert.equal(got.at(-1), 'back');
});

test('should let its connection go while nobody looks', () => {
  const { w, stream } = following();
  stream.sleep();
  assert.equal(w.opened[0].closed, true);
  stream.wake();
  assert.equal(w.opened.length, 2);
});

test('should forget everything when the session has ended, and not try again', async () => {
  const { w, stream, got, problems } = following();
  w.opened[0].say('snapshot', { n: 1 });
  w.opened[0].say('status', STATUS);
  stream.paused.set(true);
  w.opened[0].say('snapshot', { n: 2 });
  w.answering(() => {
    stream.forget();
    return Promise.reject(new Error('log in'));
  });
  w.opened[0].say('error');
  await w.pass(60_000);
  stream.paused.set(false);
  assert.deepEqual(got, [1]);
  assert.deepEqual(problems, []);
  assert.equal(w.asked.length, 1);
  assert.equal(stream.status.get(), null);
  assert.equal(stream.link.get().lostAt, null);
});

test('should say nothing more once stopped', () => {
  const { w, got, stop } = following();
  stop();
  w.opened[0].say('snapshot', { n: 1 });
  assert.equal(w.opened[0].closed, true);
  assert.deepEqual(got, []);
});
