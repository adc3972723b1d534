import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the page. */
export const PAGE = fileURLToPath(new URL('../../src/main/resources/id/cakupan/dashboard/page/', import.meta.url));

/** @returns {string[]} all files of the page, with slashes, below its folder */
export function files(folder = PAGE) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [relative(PAGE, path).replaceAll('\\', '/')];
  }).sort();
}

/** @returns {string} */
export function read(name) {
  return readFileSync(join(PAGE, name), 'utf8');
}

/** @returns {string[]} our own modules */
export function modules() {
  return files().filter((name) => name.endsWith('.js') && !name.startsWith('vendor/'));
}
