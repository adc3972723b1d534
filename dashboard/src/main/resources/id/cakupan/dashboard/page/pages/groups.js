import { html, useMemo } from '../vendor/preact.js';
import { change, useShared } from '../lib/app.js';
import { queryOf } from '../lib/api.js';
import { Explain } from '../parts/explain.js';
import { BarKey } from '../parts/figures.js';
import { Filters, filtersInWords } from '../parts/filters.js';
import { Downloads, groupColumns, LEVEL_OF } from '../parts/groups.js';
import { printing, Rows } from '../parts/rows.js';
import { PrintHead, useTitle } from '../parts/states.js';

const DEFAULT_SORT = 'uncovered';

/**
 * What a table of groups is asked with, taken from the address.
 *
 * @param {string} level
 * @param {Record<string, string>} query
 * @param {Record<string, string>} [fixed]
 */
export function groupQuery(level, query, fixed = {}) {
  return {
    level,
    city: query['city'],
    district: query['district'],
    contractor: query['contractor'],
    funding: query['funding'],
    state: query['state'],
    q: query['q'],
    sort: query['sort'] ?? DEFAULT_SORT,
    order: query['order'] ?? 'desc',
    ...fixed,
  };
}

/** Tables of districts, contractors, projects and sources of funds. */
export function GroupsPage() {
  const { view, texts, status } = useShared();
  const level = LEVEL_OF[view.page] ?? 'district';
  const title = texts.t('page.' + view.page);
  const asOf = view.query['asOf'];
  useTitle(title);
  const columns = useMemo(() => groupColumns(level, texts, { alerts: asOf === undefined, publicMode: status.publicMode }), [level, texts, asOf, status.publicMode]);
  const asked = groupQuery(level, view.query);
  const order = view.query['order'] === 'asc' ? 'asc' : 'desc';
  return html`<div class="page page-wide">
    <${PrintHead} title=${title} filters=${filtersInWords(view, texts)} />
    <div class="title-row"><h1 class="title">${title}</h1>
      ${(level === 'district' || level === 'funding' || level === 'contractor') && html`<p class="note">${texts.t('doNotAddUp')} <${Explain} about="doNotAddUp" /></p>`}</div>
    <${Filters} names=${level === 'project' ? ['q', 'district', 'funding', 'state'] : level === 'contractor' ? ['q', 'district', 'state'] : ['q', 'state']} />
    <${BarKey} />
    <${Rows} label=${title} kind=${level} columns=${columns} primary keyOf=${keyOf}
      base=${'/groups' + queryOf({ ...asked, asOf })} sort=${view.query['sort'] ?? DEFAULT_SORT} order=${order}
      onSort=${sortBy} startRow=${Number(view.query['row'] ?? 0)} onRow=${rememberRow}
      refresh=${asOf === undefined ? (/** @type {string[]} */ ids) => '/groups' + queryOf({ level, state: 'all', limit: ids.length, id: ids }) : undefined}
      empty=${texts.t(hasFilters(view.query) ? 'groups.filteredOut' : 'groups.none')}
      tools=${html`<${Downloads} what="groups" query=${asked} />
        <button type="button" class="button button-small" onClick=${() => printing.set(true)}>${texts.t('print')}</button>`} />
  </div>`;
}

/** @param {{id: string}} row */
const keyOf = (row) => row.id;

/**
 * @param {string} sort
 * @param {'asc'|'desc'} order
 */
export function sortBy(sort, order) {
  change({ sort, order, row: null }, { replace: true });
}

/** @param {number} row */
export function rememberRow(row) {
  change({ row }, { replace: true });
}

/** @param {Record<string, string>} query */
export function hasFilters(query) {
  return ['q', 'district', 'contractor', 'project', 'funding', 'state', 'reason', 'decision'].some((name) => query[name] !== undefined);
}
