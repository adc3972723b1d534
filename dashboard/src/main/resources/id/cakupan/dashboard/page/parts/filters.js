import { html, useEffect, useRef, useState } from '../vendor/preact.js';
import { change, useShared } from '../lib/app.js';
import { get } from '../lib/api.js';

/** @typedef {import('../lib/view.js').View} View */

const TYPED_MS = 250;
const GROUP_STATES = ['all', 'uncovered', 'overdue', 'uninsured', 'below-target'];
const HIRE_STATES = ['due-soon', 'overdue', 'escalated', 'resolved'];
export const REASONS = Object.freeze(['NOT_REGISTERED', 'REGISTERED_UNPAID', 'NOT_YET_EFFECTIVE', 'EXPIRED', 'UNLISTED']);
export const FUNDINGS = Object.freeze(['APBN', 'APBD', 'PRIVATE', 'OTHER']);

/**
 * Filters of a table; each stands in the address.
 *
 * @param {{names: string[]}} props
 */
export function Filters({ names }) {
  const { view, texts } = useShared();
  const set = names.filter((name) => view.query[name] !== undefined);
  return html`<form class="filters" role="search" onSubmit=${(/** @type {Event} */ e) => e.preventDefault()}>
    ${names.includes('q') && html`<${Search} />`}
    ${names.includes('district') && html`<${Districts} />`}
    ${names.includes('funding') && html`<${Choice} name="funding" options=${FUNDINGS.map((each) => [each, texts.t('funding.' + each)])} />`}
    ${names.includes('state') && html`<${Choice} name="state" none="state.active" options=${GROUP_STATES.map((each) => [each, texts.t('state.' + each)])} />`}
    ${names.includes('hireState') && html`<${Choice} name="state" none="hireState.open" options=${HIRE_STATES.map((each) => [each, texts.t('hireState.' + each)])} />`}
    ${names.includes('reason') && html`<${Choice} name="reason" options=${REASONS.map((each) => [each, texts.t('reason.' + each)])} />`}
    ${names.includes('decision') && html`<${Choice} name="decision" options=${['none', 'acknowledged', 'silenced'].map((each) => [each, texts.t('decision.' + each)])} />`}
    ${(set.length > 0 || view.query['contractor'] !== undefined || view.query['project'] !== undefined || view.query['state'] !== undefined) && html`<button type="button" class="button button-small"
      onClick=${() => change({ q: null, district: null, contractor: null, project: null, funding: null, state: null, reason: null, decision: null, row: null })}>${texts.t('filters.clear')}</button>`}
  </form>`;
}

function Search() {
  const { view, texts } = useShared();
  const inAddress = view.query['q'] ?? '';
  const [typed, setTyped] = useState(inAddress);
  const timer = useRef(0);
  useEffect(() => {
    if (timer.current === 0) {
      setTyped(inAddress);
    }
  }, [inAddress]);
  /** @param {any} e */
  const type = (e) => {
    const value = e.currentTarget.value;
    setTyped(value);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      timer.current = 0;
      change({ q: value.trim() === '' ? null : value.trim(), row: null }, { replace: true });
    }, TYPED_MS);
  };
  return html`<label class="field field-search">${texts.t('search')}
    <input type="search" name="q" value=${typed} maxlength="100" autocomplete="off" spellcheck=${false} onInput=${type} /></label>`;
}

function Districts() {
  const [options, setOptions] = useState(/** @type {string[][]} */ ([]));
  useEffect(() => {
    get('/groups?level=district&state=all&sort=name&order=asc&limit=500').then(
      (answer) => setOptions(/** @type {any} */ (answer).rows
        .filter((/** @type {any} */ row) => row.id !== 'UNASSIGNED')
        .map((/** @type {any} */ row) => [row.id, row.name ?? row.id])),
      () => undefined,
    );
  }, []);
  return html`<${Choice} name="district" options=${options} />`;
}

/** @param {{name: string, options: string[][], none?: string}} props */
function Choice({ name, options, none = 'filters.any' }) {
  const { view, texts } = useShared();
  const now = view.query[name] ?? '';
  const known = now === '' || options.some(([value]) => value === now);
  return html`<label class="field">${texts.t('filter.' + name)}
    <select name=${name} onChange=${(/** @type {any} */ e) => change({ [name]: e.currentTarget.value, row: null })}>
      <option value="" selected=${now === ''}>${texts.t(none)}</option>
      ${!known && html`<option value=${now} selected>${now}</option>`}
      ${options.map(([value, label]) => html`<option key=${value} value=${value} selected=${value === now}>${label}</option>`)}
    </select></label>`;
}

/**
 * The filters of a view in words, for print.
 *
 * @param {View} view
 * @param {import('../lib/texts.js').Texts} texts
 * @returns {string[]}
 */
export function filtersInWords(view, texts) {
  return ['q', 'district', 'contractor', 'project', 'funding', 'state', 'reason', 'decision']
    .filter((name) => view.query[name] !== undefined)
    .map((name) => {
      const value = view.query[name] ?? '';
      const word = [name + '.' + value, (name === 'state' ? 'hireState.' : 'state.') + value].find((key) => texts.has(key));
      return texts.t('filter.' + name) + ' = ' + (word === undefined ? value : texts.t(word));
    });
}
