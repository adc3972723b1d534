import { html, useEffect, useLayoutEffect, useRef, useState } from '../vendor/preact.js';
import { get } from '../lib/api.js';
import { spoken, useBeside, useLive, useShared } from '../lib/app.js';
import { cell, useCell } from '../lib/cells.js';
import { applied, emptyWindow, LIMIT, merged, offsetFor, refreshed } from '../lib/window.js';
import { Explain } from './explain.js';
import { Refused } from './states.js';

/**
 * @typedef {{key: string, label: string, sort?: string, first?: 'asc'|'desc', num?: boolean, low?: boolean,
 *   explain?: string, cell: (row: any) => any}} Column
 *
 * @typedef {{label: string, columns: Column[], base: string, primary: boolean, keyOf: (row: any) => string,
 *   sort: string, order: 'asc'|'desc', onSort: (sort: string, order: 'asc'|'desc') => void, startRow?: number,
 *   onRow?: (row: number) => void, refresh?: (keys: string[]) => string, empty: string, kind: string,
 *   onAnswer?: (answer: any) => void, tools?: any}} RowsProps
 */

const OVERSCAN = 6;
const SETTLED_MS = 250;
const SPOKEN_MS = 800;
const MOST_PRINTED = 500;

/** Asks every table for rows to print; tables answer by loading them. */
export const printing = cell(false);

/**
 * A table of any length: only the rows on the screen exist, the server sorts and filters.
 *
 * @param {RowsProps} props
 */
export function Rows(props) {
  const { texts } = useShared();
  const { columns, base, keyOf } = props;
  const table = useRef(/** @type {HTMLTableElement|null} */ (null));
  const body = useRef(/** @type {HTMLElement|null} */ (null));
  const [range, setRange] = useState({ first: props.startRow ?? 0, count: 30 });
  const [offset, setOffset] = useState(offsetFor(props.startRow ?? 0));
  const [held, setHeld] = useState(() => emptyWindow(base));
  const [rowHeight, setRowHeight] = useState(52);
  const printed = useCell(printing);
  const restored = useRef((props.startRow ?? 0) === 0);
  const total = useRef(0);

  const join = base.includes('?') ? '&' : '?';
  const path = base + join + 'offset=' + offset + '&limit=' + LIMIT;
  const live = useLive(props.primary ? path : null);
  const beside = useBeside(props.primary ? null : path);
  const { data, problem, path: answered } = props.primary ? live : beside;

  useLayoutEffect(() => {
    if (data === null || answered === null || !answered.startsWith(base + join + 'offset=')) {
      return;
    }
    total.current = data.total;
    props.onAnswer?.(data);
    setHeld((/** @type {any} */ before) => merged(before.base === base ? before : emptyWindow(base), data, keyOf));
  }, [data, answered]);

  useEffect(() => {
    if (held.gone.size === 0 || props.refresh === undefined) {
      return undefined;
    }
    let current = true;
    get(props.refresh([...held.gone])).then(
      (answer) => current && setHeld((/** @type {any} */ before) => refreshed(before, /** @type {any} */ (answer).rows, keyOf)),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [held.gone]);

  const fresh = held.base === base;
  useEffect(() => {
    if (!fresh) {
      return undefined;
    }
    const timer = window.setTimeout(() => spoken.set(texts.t('rows.count', { n: held.total, what: props.label })), SPOKEN_MS);
    return () => window.clearTimeout(timer);
  }, [held.total, fresh, base]);

  useLayoutEffect(() => {
    let frame = 0;
    /** @type {number|undefined} */
    let settled;
    const measure = () => {
      frame = 0;
      if (table.current === null || body.current === null || printing.get()) {
        return;
      }
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      const height = Number.parseFloat(getComputedStyle(table.current).getPropertyValue('--row-rem')) * rem;
      setRowHeight(height);
      const top = body.current.getBoundingClientRect().top;
      const first = Math.max(0, Math.floor((2.5 * rem - top) / height));
      const count = Math.ceil(window.innerHeight / height) + 1;
      setRange((/** @type {any} */ before) => (before.first === first && before.count === count ? before : { first, count }));
      window.clearTimeout(settled);
      // A changed address would stop a scrolling that is under way, so it too waits until nothing has moved for a while.
      settled = window.setTimeout(() => {
        setOffset(offsetFor(first));
        props.onRow?.(first);
      }, SETTLED_MS);
    };
    const soon = () => {
      if (frame === 0) {
        frame = requestAnimationFrame(measure);
      }
    };
    measure();
    window.addEventListener('scroll', soon, { passive: true });
    window.addEventListener('resize', soon);
    return () => {
      window.clearTimeout(settled);
      cancelAnimationFrame(frame);
      window.removeEventListener('scroll', soon);
      window.removeEventListener('resize', soon);
    };
  }, [base, held.total > 0, props.onRow]);

  useLayoutEffect(() => {
    if (!restored.current && held.total > 0 && body.current !== null) {
      restored.current = true;
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      window.scrollBy(0, body.current.getBoundingClientRect().top - 2.5 * rem + (props.startRow ?? 0) * rowHeight);
    }
  }, [held.total]);

  useEffect(() => {
    if (!printed) {
      return;
    }
    get(base + join + 'offset=0&limit=' + MOST_PRINTED).then((answer) => {
      setHeld((/** @type {any} */ before) => merged({ ...before, rows: new Map() }, /** @type {any} */ (answer), keyOf));
      requestAnimationFrame(() => requestAnimationFrame(() => {
        window.print();
        printing.set(false);
      }));
    }, () => printing.set(false));
  }, [printed]);

  const start = printed ? 0 : Math.max(0, Math.min(range.first, held.total - 1) - OVERSCAN);
  const end = printed ? Math.min(held.total, MOST_PRINTED) : Math.min(held.total, range.first + range.count + OVERSCAN);
  const shown = [];
  for (let i = start; i < end; i++) {
    shown.push(i);
  }
  const apply = () => setHeld(applied(held, total.current));

  return html`<div class=${'rows rows-' + props.kind + (fresh ? '' : ' rows-busy')}>
    <div class="rows-bar">
      <p class="rows-count">${held.total === 0 && !fresh ? texts.t('loading') : texts.t('rows.count', { n: held.total, what: props.label })}</p>
      ${held.moved > 0 && html`<button type="button" class="button button-small button-accent" onClick=${apply}>${texts.t('rows.apply', { n: held.moved })}</button>`}
      <span class="rows-tools">${props.tools}</span>
    </div>
    ${problem !== null && held.total === 0 ? html`<${Refused} problem=${problem} />` : held.total === 0 && fresh && data !== null
      ? html`<p class="empty-line">${props.empty}</p>`
      : html`<table class="table" role="table" ref=${table} aria-rowcount=${held.total + 1} aria-busy=${!fresh}>
      <caption class="visually-hidden">${props.label}</caption>
      <thead role="rowgroup"><tr role="row" aria-rowindex="1">
        ${columns.map((column) => html`<${Head} key=${column.key} column=${column} sort=${props.sort} order=${props.order} onSort=${props.onSort} />`)}
      </tr></thead>
      <tbody role="rowgroup" ref=${body}>
        ${start > 0 && html`<tr class="space" key="before" role="presentation" aria-hidden="true"><td role="presentation" style=${{ height: start * rowHeight + 'px' }}></td></tr>`}
        ${shown.map((i) => html`<${OneRow} key=${'row' + i} index=${i} row=${held.rows.get(i)} columns=${columns} gone=${held.rows.has(i) && held.gone.has(keyOf(held.rows.get(i)))} texts=${texts} />`)}
        ${end < held.total && html`<tr class="space" key="after" role="presentation" aria-hidden="true"><td role="presentation" style=${{ height: (held.total - end) * rowHeight + 'px' }}></td></tr>`}
      </tbody>
    </table>`}
    ${held.total > end - start && html`<p class="print-only">${texts.t('rows.printed', { n: Math.min(MOST_PRINTED, end - start), total: held.total })}</p>`}
  </div>`;
}

/** @param {{column: Column, sort: string, order: 'asc'|'desc', onSort: (sort: string, order: 'asc'|'desc') => void}} props */
function Head({ column, sort, order, onSort }) {
  const active = column.sort !== undefined && column.sort === sort;
  const click = () => onSort(column.sort ?? '', active ? (order === 'asc' ? 'desc' : 'asc') : (column.first ?? (column.num ? 'desc' : 'asc')));
  return html`<th role="columnheader" scope="col" class=${classOf(column)} aria-sort=${active ? (order === 'asc' ? 'ascending' : 'descending') : undefined}>
    <span class="head">${column.sort === undefined ? html`<span class="head-text">${column.label}</span>`
      : html`<button type="button" class="sort" onClick=${click}>${column.label}<span class="sort-mark" aria-hidden="true">${active ? (order === 'asc' ? '▲' : '▼') : ''}</span></button>`}
    ${column.explain !== undefined && html`<${Explain} about=${column.explain} />`}</span></th>`;
}

/** @param {{index: number, row: any, columns: Column[], gone: boolean, texts: import('../lib/texts.js').Texts}} props */
function OneRow({ index, row, columns, gone, texts }) {
  return html`<tr role="row" aria-rowindex=${index + 2} class=${(index % 2 === 1 ? 'odd' : '') + (gone ? ' gone' : '')}>
    ${columns.map((column, i) => html`<td key=${column.key} role=${i === 0 ? 'rowheader' : 'cell'} class=${classOf(column)} data-label=${column.label}>
      ${row === undefined ? html`<span class="blank" aria-hidden=${i > 0 ? 'true' : undefined}>${i === 0 ? texts.t('loading') : ''}</span>` : column.cell(row)}</td>`)}
  </tr>`;
}

/** @param {Column} column */
function classOf(column) {
  return 'col-' + column.key + (column.num ? ' num' : '') + (column.low ? ' low' : '');
}
