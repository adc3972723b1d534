import { html, useEffect } from '../vendor/preact.js';
import { useDay, useLive, useShared } from '../lib/app.js';
import { queryOf } from '../lib/api.js';
import { Bar, BarKey, Figure, nameOf, uncoveredOf, whyNoRatio } from '../parts/figures.js';
import { sentence } from '../parts/headline.js';
import { Answer, useTitle } from '../parts/states.js';
import { useCity } from './overview.js';

/** @typedef {import('../lib/types.js').Overview} Overview */

/** For a wall: the city and its districts, large, nothing to press. */
export function KioskPage() {
  const { view, texts } = useShared();
  const city = useCity();
  const { data, problem } = useLive('/overview' + queryOf({ city, asOf: view.query['asOf'] }));
  useTitle(texts.t('page.kiosk'));
  useEffect(() => {
    let lock = /** @type {any} */ (null);
    /** @type {any} */ (navigator).wakeLock?.request('screen').then((/** @type {any} */ held) => {
      lock = held;
    }, () => undefined);
    return () => lock?.release();
  }, []);
  return html`<${Answer} data=${data} problem=${problem}>${data !== null && html`<${Wall} overview=${data} />`}<//>`;
}

/** @param {{overview: Overview}} props */
function Wall({ overview }) {
  const { texts } = useShared();
  const { city, path } = overview;
  const day = useDay();
  const why = whyNoRatio(city, texts);
  const note = (/** @type {import('../lib/types.js').Row} */ row) => (row.overdueHires === null
    ? texts.t('wall.notePublic', { uncovered: uncoveredOf(row, texts) })
    : texts.t('wall.note', { uncovered: row.uncoveredWorkers ?? '—', overdue: row.overdueHires }));
  const place = nameOf(city, texts);
  const districts = [...overview.districts].sort((a, b) => (a.id < b.id ? -1 : 1));
  return html`<div class="wall">
    <section class="wall-city">
      <h1 class="wall-title">${texts.t('overview.title', { place })}</h1>
      <p class="wall-ratio"><${Figure} text=${why === null ? texts.percent(city.ratio) : '—'} /></p>
      <p class="wall-of">${why ?? html`<strong>${texts.number(city.coveredWorkers)}</strong> ${texts.t('headline.of')} <strong>${texts.number(city.workers)}</strong> ${texts.t('headline.workers')}`}</p>
      <${Bar} row=${city} tall target=${path?.ratio ?? city.target?.ratio ?? null} />
      <${BarKey} />
      <p class="wall-sentence">${sentence(city, path, place, texts, day)}</p>
    </section>
    <section class="wall-districts" aria-labelledby="wall-districts"><h2 id="wall-districts">${texts.t('page.districts')}</h2>
      <ul>${districts.map((row) => html`<li key=${row.id}><span class="wall-name">${nameOf(row, texts)}</span>
        <span class="wall-share"><${Figure} text=${row.suppressed ? texts.t('suppressed') : texts.percent(row.ratio)} /></span>
        <${Bar} row=${row} />
        <span class="wall-note">${row.suppressed ? whyNoRatio(row, texts) : note(row)}</span></li>`)}</ul>
      <p class="note">${texts.t('doNotAddUp')}</p>
    </section>
  </div>`;
}
