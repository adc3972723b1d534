import { html, useState } from '../vendor/preact.js';
import { change, useShared } from '../lib/app.js';
import { Filters, filtersInWords } from '../parts/filters.js';
import { HiresTable } from '../parts/hires.js';
import { PrintHead, useTitle } from '../parts/states.js';
import { hasFilters, rememberRow, sortBy } from './groups.js';

/** The list to act on: who is uncovered, since when, until when, why. */
export function HiresPage() {
  const { view, texts, status } = useShared();
  const [counts, setCounts] = useState(/** @type {{dueSoon: number, overdue: number, escalated: number}|null} */ (null));
  useTitle(texts.t('page.hires'));
  const { query } = view;
  if (query['asOf'] !== undefined) {
    return html`<section class="empty"><h1>${texts.t('page.hires')}</h1><p>${texts.t('hires.noPast')}</p></section>`;
  }
  if (status.me.role === 'public') {
    return html`<section class="empty"><h1>${texts.t('page.hires')}</h1><p>${texts.t('hires.notPublic')}</p></section>`;
  }
  const asked = {
    city: query['city'], district: query['district'], contractor: query['contractor'], project: query['project'],
    state: query['state'], reason: query['reason'], decision: query['decision'], q: query['q'],
  };
  const tile = (/** @type {string} */ state, /** @type {number} */ n) => html`<button type="button" class=${'tile tile-' + state} aria-pressed=${query['state'] === state}
    onClick=${() => change({ state: query['state'] === state ? null : state, row: null })}><strong>${texts.number(n)}</strong> ${texts.t('hireState.' + state)}</button>`;
  return html`<div class="page page-wide">
    <${PrintHead} title=${texts.t('page.hires')} filters=${filtersInWords(view, texts)} />
    <div class="title-row"><h1 class="title">${texts.t('hires.title')}</h1><p class="note">${texts.t('hires.note')}</p></div>
    ${counts !== null && html`<div class="tiles" role="group" aria-label=${texts.t('filter.state')}>${tile('escalated', counts.escalated)}${tile('overdue', counts.overdue)}${tile('due-soon', counts.dueSoon)}</div>`}
    <${Filters} names=${['q', 'district', 'hireState', 'reason', 'decision']} />
    <${HiresTable} query=${asked} primary sort=${query['sort'] ?? 'due'} order=${query['order'] === 'desc' ? 'desc' : 'asc'}
      onSort=${sortBy} startRow=${Number(query['row'] ?? 0)} onRow=${rememberRow} onAnswer=${onAnswer(setCounts)} filtered=${hasFilters(query)} />
  </div>`;
}

/** @param {(counts: any) => void} setCounts */
function onAnswer(setCounts) {
  return (/** @type {any} */ answer) => setCounts(answer.counts);
}
