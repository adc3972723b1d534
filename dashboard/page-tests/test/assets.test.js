import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { files, modules, PAGE, read } from './page.js';

const PACKAGES = fileURLToPath(new URL('../node_modules/', import.meta.url));
const FIRST_SCREEN_BYTES = 100_000;
/** The script itself, types only, and the language that is not the first. */
const NOT_PRELOADED = ['main.js', 'lib/types.js', 'messages/en.js'];
const VENDORED = {
  'vendor/preact.js': 'htm/preact/standalone.module.js',
  'vendor/LICENSE-htm.txt': 'htm/LICENSE',
  'vendor/LICENSE-preact.txt': 'preact/LICENSE',
};

for (const [ours, theirs] of Object.entries(VENDORED)) {
  test('should vendor ' + ours + ' unchanged', () => {
    assert.deepEqual(readFileSync(join(PAGE, ours)), readFileSync(join(PACKAGES, theirs)));
  });
}

test('should preload every module that the page imports', () => {
  const html = read('index.html');
  const loaded = [...html.matchAll(/<link rel="modulepreload" href="__ASSETS__\/([^"]+)">/g)].map((match) => match[1]).sort();
  const needed = [...modules(), 'vendor/preact.js'].filter((name) => !NOT_PRELOADED.includes(name)).sort();
  assert.deepEqual(loaded, needed);
});

test('should have no inline script, style or handler in its HTML', () => {
  const html = read('index.html');
  assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)/);
  assert.doesNotMatch(html, /<style|\sstyle=|\son[a-z]+=/);
});

test('should address its own files only below the folder of assets', () => {
  for (const [, address] of read('index.html').matchAll(/<(?:script|link)[^>]*(?:src|href)="([^"]+)"/g)) {
    assert.match(address, /^__ASSETS__\//);
    assert.ok(files().includes(address.slice('__ASSETS__/'.length)), address);
  }
});

test('should import by relative addresses that exist', () => {
  for (const name of modules()) {
    for (const [, address] of read(name).matchAll(/^import .*from '([^']+)'|^export .*from '([^']+)'/gm)) {
      const target = new URL(address ?? '', 'file:///' + name).pathname.slice(1);
      assert.match(address ?? '', /^\.\.?\//, name);
      assert.ok(files().includes(target), name + ' imports ' + address);
    }
  }
});

test('should name no other host', () => {
  for (const name of files().filter((each) => /\.(js|css|html|svg)$/.test(each) && !each.startsWith('vendor/'))) {
    const hosts = [...read(name).matchAll(/\b(?:https?:)?\/\/[a-z0-9.-]+\.[a-z]{2,}/gi)].map((match) => match[0])
      .filter((host) => host !== 'http://www.w3.org');
    assert.deepEqual(hosts, [], name);
  }
});

test('should never write HTML or style attributes from text', () => {
  for (const name of modules()) {
    assert.doesNotMatch(read(name), /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|style="/, name);
  }
});

test('should send at most 100 kB for the first screen, compressed', () => {
  const sent = files().filter((name) => /\.(js|css|html)$/.test(name) && !['lib/types.js', 'messages/en.js'].includes(name))
    .reduce((sum, name) => sum + gzipSync(read(name), { level: 6 }).length, 0);
  assert.ok(sent <= FIRST_SCREEN_BYTES, sent + ' bytes');
});
