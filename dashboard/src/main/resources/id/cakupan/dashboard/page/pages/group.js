import { html, useMemo, useState } from '../vendor/preact.js';
import { groupLink, linkTo, useLive, useShared } from '../lib/app.js';
import { queryOf } from '../lib/api.js';
import { NONE } from '../lib/texts.js';
import { Explain } from '../parts/explain.js';
import { BarKey, nameOf } from '../parts/figures.js';
import { Downloads, groupColumns } from '../parts/groups.js';
import { Duties, Headline } from '../parts/headline.js';
import { HiresTable } from '../parts/hires.js';
import { Rows } from '../parts/rows.js';
import { Answer, PrintHead, useTitle } from '../parts/states.js';
import { Trend } from '../parts/trend.js';

/**
 * @typedef {import('../lib/types.js').Group} Group
 * @typedef {import('../lib/types.js').Payment} Payment
 * @typedef {import('../lib/types.js').Row} Row
 */

/** The tables below a group, by its level. */
const BELOW = Object.freeze(/** @type {Record<string, string[]>} */ ({
  city: ['district', 'contractor', 'project'],
  district: ['contractor', 'project'],
  contractor: ['project'],
  funding: ['project'],
  project: [],
}));

/** Everything about one group, and the way down to its parts and its uncovered hires. */
export function GroupPage() {
  const { view, texts } = useShared();
  const { data, problem } = useLive('/groups/' + view.level + '/' + encodeURIComponent(view.id) + queryOf({ asOf: view.query['asOf'] }));
  /** @type {Group|null} */
  const group = data;
  useTitle(group === null ? texts.t('level.' + view.level) : nameOf(group.row, texts));
  return html`<${Answer} data=${data} problem=${problem}>${group !== null && html`<${Shown} group=${group} />`}<//>`;
}

/** @param {{group: Group}} props */
function Shown({ group }) {
  const { view, texts, status } = useShared();
  const { row } = group;
  const { level } = row;
  const place = nameOf(row, texts);
  const fixed = view.query['asOf'] !== undefined;
  const seesHires = status.me.role !== 'public' && !fixed;
  const scope = level === 'city' || level === 'district' || level === 'contractor' || level === 'project' ? { [level]: row.id } : null;
  const hires = seesHires && scope !== null && level !== 'project' ? linkTo('hires', { ...scope, sort: 'due', order: 'asc' }) : null;
  return html`<div class="page">
    <${PrintHead} title=${texts.t('level.' + level) + ' ' + place} />
    <nav class="crumbs" aria-label=${texts.t('crumbs')}><ol>
      ${group.parents.map((each) => html`<li key=${each.level + each.id}><a href=${groupLink(each.level, each.id)}>${nameOf(each, texts)}</a></li>`)}
      <li aria-current="page">${place}</li></ol></nav>
    <div class="title-row"><h1 class="title"><span class="kicker">${texts.t('level.' + level)}</span>${place}</h1>
      <p class="quiet id-text">${row.id}</p></div>
    ${level === 'project' && fixed && html`<p class="empty-line">${texts.t('payment.noPast')}</p>`}
    ${group.payment !== null && !fixed && html`<${PaymentPanel} payment=${group.payment} />`}
    ${row.project !== null && row.project !== undefined && html`<${ProjectFacts} row=${row} />`}
    <${Headline} row=${row} change7=${group.change7} change30=${group.change30} path=${group.path} place=${place} />
    ${level === 'project' ? null : html`<${Duties} row=${row} hiresLink=${hires} />`}
    ${level === 'contractor' && seesHires && html`<p class="actions"><a class="button" data-plain target="_blank" rel="noopener" href=${'/api/v1/letter' + queryOf({ contractor: row.id, language: view.lang })}>${texts.t('letter')}</a></p>`}
    <${Trend} level=${level} id=${row.id} />
    <p class="actions no-print"><span>${texts.t('trend.download')}</span> <${Downloads} what="timeline" query=${{ level, id: row.id }} /></p>
    ${(BELOW[level] ?? []).length > 0 && html`<${Parts} row=${row} level=${level} />`}
    ${(level === 'project' || level === 'contractor') && seesHires && html`<section aria-labelledby="hires-title">
      <h2 id="hires-title">${texts.t('hires.of', { place })}</h2>
      <${HiresTable} query=${{ [level]: row.id }} primary=${false} /></section>`}
  </div>`;
}

/**
 * "May I pay this term?" answered first.
 *
 * @param {{payment: Payment}} props
 */
function PaymentPanel({ payment }) {
  const { texts } = useShared();
  const sign = { PAY: '✓', CHECK: '!', HOLD: '✕' }[payment.verdict];
  const answer = (/** @type {boolean} */ good) => texts.t(good ? 'yes' : 'no');
  return html`<section class=${'payment payment-' + payment.verdict.toLowerCase()} aria-labelledby="payment-title">
    <p class="kicker" id="payment-title">${texts.t('payment.question')} <${Explain} about="payment" /></p>
    <p class="payment-verdict"><span class="payment-sign" aria-hidden="true">${sign}</span> ${texts.t('payment.' + payment.verdict)}</p>
    ${payment.reasons.length > 0 && html`<ul class="payment-reasons">${payment.reasons.map((reason) => html`<li key=${reason}>${texts.t('payment.reason.' + reason)}</li>`)}</ul>`}
    <dl class="payment-facts">
      <div><dt>${texts.t('payment.insured')}</dt><dd>${answer(payment.insured)}${payment.insuredSince !== null && html` · ${texts.t('payment.since', { day: texts.day(payment.insuredSince) })}`}${payment.insuredTo !== null && html` ${texts.t('payment.to', { day: texts.day(payment.insuredTo) })}`}</dd></div>
      <div><dt>${texts.t('payment.status')}</dt><dd>${texts.t('status.' + payment.status)}</dd></div>
      <div><dt>${texts.t('payment.list')}</dt><dd>${answer(payment.listComplete)} · ${texts.t('payment.listed', { n: payment.listedWorkers, d: payment.workers })}${payment.declaredWorkers !== null && html` · ${texts.t('payment.declared', { n: payment.declaredWorkers })}`}</dd></div>
      <div><dt>${texts.t('payment.open')}</dt><dd>${texts.t('payment.alerts', { n: payment.openAlerts, overdue: payment.overdue })}</dd></div>
    </dl>
  </section>`;
}

/** @param {{row: Row}} props */
function ProjectFacts({ row }) {
  const { view, texts } = useShared();
  const project = row.project;
  if (project === null || project === undefined) {
    return null;
  }
  const until = project.maintenanceEndsOn === null ? '' : ' · ' + texts.t('project.maintenance', { day: texts.day(project.maintenanceEndsOn) });
  /** @type {[string, any][]} */
  const facts = [
    ['project.contractor', project.contractorId === null ? NONE : html`<a href=${groupLink('contractor', project.contractorId)}>${project.contractorName ?? project.contractorId}</a>`],
    ['project.owner', project.ownerName ?? NONE],
    ['project.contract', project.contractNumber ?? NONE],
    ['project.value', texts.rupiahExact(project.contractValue)],
    ['project.period', texts.day(project.startsOn) + ' – ' + texts.day(project.endsOn) + until],
    ['project.district', project.districtCode === null ? NONE : html`<a href=${groupLink('district', project.districtCode)}>${project.districtName ?? project.districtCode}</a>`],
    ['project.funding', project.funding === null ? NONE : texts.has('funding.' + project.funding) ? texts.t('funding.' + project.funding) : project.funding],
  ];
  return html`<div><dl class="project-facts">${facts.map(([key, value]) => html`<div key=${key}><dt>${texts.t(key)}</dt><dd>${value}</dd></div>`)}</dl>
    ${(project.asKnownNow ?? view.query['asOf'] !== undefined) && html`<p class="note">${texts.t('project.asKnownNow')}</p>`}</div>`;
}

/** @param {{row: Row, level: string}} props */
function Parts({ row, level }) {
  const { view, texts, status } = useShared();
  const levels = BELOW[level] ?? [];
  const [picked, setPicked] = useState(levels[0] ?? 'project');
  const [order, setOrder] = useState(/** @type {{sort: string, order: 'asc'|'desc'}} */ ({ sort: 'uncovered', order: 'desc' }));
  const asOf = view.query['asOf'];
  const columns = useMemo(() => groupColumns(picked, texts, { alerts: asOf === undefined, publicMode: status.publicMode }), [picked, texts, asOf, status.publicMode]);
  const [city, funding] = level === 'funding' ? row.id.split(':') : [undefined, undefined];
  const asked = { level: picked, ...(level === 'funding' ? { city, funding } : { [level]: row.id }), sort: order.sort, order: order.order };
  const label = texts.t('page.' + picked + 's');
  return html`<section aria-labelledby="parts-title">
    <div class="section-head"><h2 id="parts-title">${texts.t('parts', { place: nameOf(row, texts) })}</h2>
      ${levels.length > 1 && html`<div class="ranges" role="group" aria-label=${texts.t('parts.pick')}>${levels.map((each) => html`<button key=${each} type="button" class="chip"
        aria-pressed=${each === picked} onClick=${() => setPicked(each)}>${texts.t('page.' + each + 's')}</button>`)}</div>`}</div>
    <${BarKey} />
    <${Rows} key=${picked} label=${label} kind=${picked} columns=${columns} primary=${false} keyOf=${(/** @type {Row} */ each) => each.id}
      base=${'/groups' + queryOf({ ...asked, asOf })} sort=${order.sort} order=${order.order}
      onSort=${(/** @type {string} */ sort, /** @type {'asc'|'desc'} */ by) => setOrder({ sort, order: by })}
      empty=${texts.t('groups.none')} tools=${html`<${Downloads} what="groups" query=${asked} />`} />
    ${picked === 'contractor' && html`<p class="note">${texts.t('doNotAddUp')} <${Explain} about="doNotAddUp" /></p>`}
  </section>`;
}
