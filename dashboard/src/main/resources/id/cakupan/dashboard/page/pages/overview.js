import { html, useRef, useState } from '../vendor/preact.js';
import { change, linkTo, useLive, useShared } from '../lib/app.js';
import { queryOf } from '../lib/api.js';
import { Explain } from '../parts/explain.js';
import { nameOf } from '../parts/figures.js';
import { Downloads, ShortTable } from '../parts/groups.js';
import { Duties, Headline } from '../parts/headline.js';
import { Answer, PrintHead, useTitle } from '../parts/states.js';
import { Trend } from '../parts/trend.js';

/**
 * @typedef {import('../lib/types.js').Overview} Overview
 * @typedef {import('../lib/types.js').Row} Row
 */

/**
 * The city to show: the one in the address, else the first.
 *
 * @returns {string|undefined}
 */
export function useCity() {
  const { view, status } = useShared();
  return view.query['city'] ?? status.cities[0]?.id;
}

/** The first page: where the city stands, and what holds it back. */
export function OverviewPage() {
  const { view, texts } = useShared();
  const city = useCity();
  const { data, problem } = useLive('/overview' + queryOf({ city, asOf: view.query['asOf'] }));
  useTitle(texts.t('page.overview'));
  return html`<${Answer} data=${data} problem=${problem}>${data !== null && html`<${Shown} overview=${data} />`}<//>`;
}

/** @param {{overview: Overview}} props */
function Shown({ overview }) {
  const { view, texts, status } = useShared();
  const place = nameOf(overview.city, texts);
  const hires = status.me.role === 'public' || view.query['asOf'] !== undefined ? null : linkTo('hires', { sort: 'due', order: 'asc' });
  return html`<div class="page">
    <${PrintHead} title=${place} />
    <div class="title-row"><h1 class="title">${texts.t('overview.title', { place })}</h1><${CityPicker} /></div>
    <${Headline} row=${overview.city} change7=${overview.change7} change30=${overview.change30} path=${overview.path} place=${place} big />
    <${Duties} row=${overview.city} hiresLink=${hires} />
    <${Trend} level="city" id=${overview.city.id} />
    <section aria-labelledby="districts-title">
      <div class="section-head"><h2 id="districts-title">${texts.t('page.districts')}</h2>
        <span class="section-tools"><${Downloads} what="groups" query=${{ level: 'district', city: overview.city.id }} /></span></div>
      <${ShortTable} rows=${byId(overview.districts)} label=${texts.t('page.districts')} full />
      <p class="note">${texts.t('doNotAddUp')} <${Explain} about="doNotAddUp" /></p>
      ${(overview.unassigned?.workers ?? 0) > 0 && html`<p class="note">${texts.t('unassigned.note', { n: overview.unassigned?.workers ?? 0 })}</p>`}
    </section>
    <div class="pair">
      ${status.me.role !== 'contractor' && html`<${HeldBack} title=${texts.t('heldBack.contractors')} rows=${overview.heldBackBy.contractors} more=${linkTo('contractors')} id="held-contractors" />`}
      <${HeldBack} title=${texts.t('heldBack.projects')} rows=${overview.heldBackBy.projects} more=${linkTo('projects')} id="held-projects" />
    </div>
    <div class="pair">
      <section aria-labelledby="fundings-title">
        <h2 id="fundings-title">${texts.t('page.fundings')} <${Explain} about="funding" /></h2>
        <${ShortTable} rows=${byId(overview.fundings)} label=${texts.t('page.fundings')} />
      </section>
      <${References} overview=${overview} />
    </div>
  </div>`;
}

/**
 * Rows whose order only changes while nobody points at them.
 *
 * @param {{title: string, rows: Row[], more: string, id: string}} props
 */
function HeldBack({ title, rows, more, id }) {
  const { texts } = useShared();
  const [pointed, setPointed] = useState(false);
  const order = useRef(/** @type {string[]} */ ([]));
  if (!pointed || order.current.length === 0) {
    order.current = rows.map((row) => row.id);
  }
  const places = new Map(order.current.map((each, i) => [each, i]));
  const shown = [...rows].sort((a, b) => (places.get(a.id) ?? 99) - (places.get(b.id) ?? 99));
  return html`<section aria-labelledby=${id} onPointerEnter=${() => setPointed(true)} onPointerLeave=${() => setPointed(false)}
    onFocusIn=${() => setPointed(true)} onFocusOut=${() => setPointed(false)}>
    <div class="section-head"><h2 id=${id}>${title}</h2><a class="section-tools" href=${more}>${texts.t('all')}<span class="visually-hidden"> ${title}</span></a></div>
    <${ShortTable} rows=${shown} label=${title} />
  </section>`;
}

/** So many earlier figures of a series are shown. */
const EARLIER = 12;

/**
 * The newest figure of each series, with the earlier ones. The server sends each series together, the newest first.
 *
 * @param {Overview['references']} references
 */
function newest(references) {
  /** @type {{each: Overview['references'][number], earlier: Overview['references']}[]} */
  const series = [];
  for (const figure of references) {
    const last = series[series.length - 1];
    if (last !== undefined && last.each.concept === figure.concept && last.each.source === figure.source) {
      last.earlier.push(figure);
    } else {
      series.push({ each: figure, earlier: [] });
    }
  }
  return series;
}

/** @param {{overview: Overview}} props */
function References({ overview }) {
  const { texts } = useShared();
  return html`<aside class="references" aria-labelledby="references-title">
    <h2 id="references-title">${texts.t('references')} <${Explain} about="references" /></h2>
    <p class="note">${texts.t('references.apart')}</p>
    ${overview.references.length === 0 ? html`<p class="empty-line">${texts.t('references.none')}</p>`
      : html`<ul>${newest(overview.references).map(({ each, earlier }) => html`<li key=${each.concept + each.source}>
        <span class="reference-value">${texts.percent(each.ratio)}</span>
        <span><strong>${texts.has('reference.' + each.concept) ? texts.t('reference.' + each.concept) : each.concept}</strong>
          ${each.participants !== null && each.workforce !== null && html`<br />${texts.t('references.of', { n: each.participants, d: each.workforce })}`}
          <br /><span class="quiet">${texts.t('references.source', { source: each.source, day: texts.day(each.validOn) })}</span>
          ${earlier.length > 0 && html`<br /><span class="quiet">${texts.t('references.earlier')} ${earlier.slice(0, EARLIER)
            .map((old) => texts.percent(old.ratio) + ' (' + texts.day(old.validOn) + ')').join(' · ')}</span>`}</span></li>`)}</ul>`}
  </aside>`;
}

function CityPicker() {
  const { texts, status } = useShared();
  const city = useCity();
  if (status.cities.length < 2) {
    return null;
  }
  return html`<label class="field">${texts.t('level.city')}
    <select onChange=${(/** @type {any} */ e) => change({ city: e.currentTarget.value })}>
      ${status.cities.map((each) => html`<option key=${each.id} value=${each.id} selected=${each.id === city}>${each.name}</option>`)}
    </select></label>`;
}

/** @param {Row[]} rows */
function byId(rows) {
  return [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
}
