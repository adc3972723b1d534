import { html, useState } from '../vendor/preact.js';
import { asProblem, spoken, useLive, useShared } from '../lib/app.js';
import { send } from '../lib/api.js';
import { Answer, PrintHead, useTitle } from '../parts/states.js';

/** @typedef {import('../lib/types.js').Decision & {scope: Record<string, any>|null, ended: any}} ListedDecision */

/** What was acknowledged or silenced, by whom, until when; each can be ended. */
export function DecisionsPage() {
  const { view, texts } = useShared();
  const fixed = view.query['asOf'] !== undefined;
  const { data, problem } = useLive(fixed ? null : '/decisions');
  useTitle(texts.t('page.decisions'));
  if (fixed) {
    return html`<section class="empty"><h1>${texts.t('page.decisions')}</h1><p>${texts.t('decisions.noPast')}</p></section>`;
  }
  return html`<div class="page"><${PrintHead} title=${texts.t('page.decisions')} />
    <h1 class="title">${texts.t('page.decisions')}</h1><p class="note">${texts.t('decisions.note')}</p>
    <${Answer} data=${data} problem=${problem}>${data !== null && html`<${List} rows=${data.rows} />`}<//></div>`;
}

/** @param {{rows: ListedDecision[]}} props */
function List({ rows }) {
  const { texts, status } = useShared();
  const [failed, setFailed] = useState('');
  const [ended, setEnded] = useState(/** @type {string[]} */ ([]));
  if (rows.length === 0) {
    return html`<p class="empty-line">${texts.t('decisions.none')}</p>`;
  }
  const end = async (/** @type {string} */ id) => {
    try {
      await send('DELETE', '/decisions/' + encodeURIComponent(id));
      setEnded([...ended, id]);
      setFailed('');
      spoken.set(texts.t('decisions.endedNow'));
    } catch (problem) {
      setFailed(texts.t('acknowledge.failed') + ' ' + asProblem(problem).said(texts.lang));
    }
  };
  return html`${failed !== '' && html`<p class="form-error" role="alert">${failed}</p>`}<table class="plain short">
    <caption class="visually-hidden">${texts.t('page.decisions')}</caption>
    <thead><tr><th scope="col">${texts.t('decisions.what')}</th><th scope="col">${texts.t('decisions.scope')}</th><th scope="col">${texts.t('acknowledge.reason')}</th>
      <th scope="col">${texts.t('decisions.by')}</th><th scope="col" class="num">${texts.t('acknowledge.until')}</th><th scope="col"><span class="visually-hidden">${texts.t('decisions.end')}</span></th></tr></thead>
    <tbody>${rows.map((row) => {
      const over = row.ended !== null || Date.parse(row.until) <= Date.now() || ended.includes(row.id);
      return html`<tr key=${row.id} class=${over ? 'gone' : ''}>
        <th scope="row">${texts.t('decision.' + row.kind.toLowerCase())}</th>
        <td data-label=${texts.t('decisions.scope')}>${scopeText(row.scope, texts)}</td>
        <td data-label=${texts.t('acknowledge.reason')}>${texts.t('because.' + row.reason)}${row.note !== null && row.note !== '' && html`<br /><span class="quiet">${row.note}</span>`}</td>
        <td data-label=${texts.t('decisions.by')}>${row.by}<br /><span class="quiet">${texts.moment(row.at)}</span></td>
        <td class="num" data-label=${texts.t('acknowledge.until')}>${texts.lastDay(row.until)}</td>
        <td>${over ? html`<span class="quiet">${texts.t('decisions.ended')}</span>` : (row.mayEnd ?? status.me.mayDecide) && html`<button type="button" class="button button-small no-print"
          onClick=${() => end(row.id)} aria-label=${texts.t('decisions.end.of', { scope: scopeText(row.scope, texts) })}>${texts.t('decisions.end')}</button>`}</td></tr>`;
    })}</tbody></table>`;
}

/**
 * @param {Record<string, any>|null} scope
 * @param {import('../lib/texts.js').Texts} texts
 * @returns {string}
 */
function scopeText(scope, texts) {
  const parts = [];
  for (const kind of ['worker', 'project', 'contractor', 'district']) {
    const value = scope?.[kind] ?? null;
    const name = value !== null && typeof value === 'object' ? (value.name ?? value.id) : value;
    if (name) {
      parts.push(texts.has('level.' + kind) ? texts.t('level.' + kind) + ' ' + name : String(name));
    }
  }
  return parts.length === 0 ? texts.t('decisions.one') : parts.join(' · ');
}
