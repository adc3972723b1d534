import { html } from '../vendor/preact.js';
import { useShared } from '../lib/app.js';
import { PrintHead, useTitle } from '../parts/states.js';

/** In the order of the page. */
const FIGURES = ['ratio', 'uncovered', 'grace', 'bar', 'plannedToday', 'gap', 'toTarget', 'change', 'overdue', 'states', 'reasons', 'insured',
  'insuredValue', 'personDays', 'trend', 'ahead', 'payment', 'doNotAddUp', 'funding', 'references', 'worker', 'recordedThrough'];
const FRESHNESS = ['live', 'paused', 'reconnecting', 'stale', 'offline', 'rebuilding', 'fixed', 'daily'];

/** What each figure means, for whoever presents it. */
export function HelpPage() {
  const { texts } = useShared();
  useTitle(texts.t('page.help'));
  return html`<div class="page page-text"><${PrintHead} title=${texts.t('page.help')} />
    <h1 class="title">${texts.t('help.title')}</h1>
    <p class="lead">${texts.t('help.lead')}</p>
    <h2>${texts.t('help.questions')}</h2>
    <dl class="questions">${[1, 2, 3, 4, 5, 6].map((n) => html`<div key=${n}><dt>${texts.t('help.q' + n)}</dt><dd>${texts.t('help.a' + n)}</dd></div>`)}</dl>
    <h2>${texts.t('help.figures')}</h2>
    ${FIGURES.map((each) => html`<section key=${each} class="meaning" id=${each}><h3>${texts.t('explain.' + each + '.title')}</h3><p>${texts.t('explain.' + each + '.text')}</p>
      ${texts.has('explain.' + each + '.formula') && html`<p class="formula">${texts.t('explain.' + each + '.formula')}</p>`}</section>`)}
    <h2>${texts.t('help.freshness')}</h2>
    <dl class="questions">${FRESHNESS.map((each) => html`<div key=${each}><dt><span class=${'fresh-inline fresh-' + each}><span class="fresh-mark" aria-hidden="true"></span>${texts.t('fresh.' + each)}</span></dt><dd>${texts.t('help.fresh.' + each)}</dd></div>`)}</dl>
    <h2>${texts.t('help.keys')}</h2><p>${texts.t('help.keys.text')}</p>
  </div>`;
}
