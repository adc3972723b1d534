import { html } from '../vendor/preact.js';
import { useDay, useShared } from '../lib/app.js';
import { Bar, BarKey, Figure, nameOf, uncoveredOf, whyNoRatio } from './figures.js';
import { Explain } from './explain.js';

/**
 * @typedef {import('../lib/types.js').Row} Row
 * @typedef {import('../lib/types.js').Change} Change
 * @typedef {import('../lib/types.js').Path} Path
 */

/**
 * The one number of a group, how it stands against its target, and one plain sentence.
 *
 * @param {{row: Row, change7: Change|null, change30: Change|null, path: Path|null, place: string, big?: boolean}} props
 */
export function Headline({ row, change7, change30, path, place, big = false }) {
  const { texts, status } = useShared();
  const day = useDay();
  const why = whyNoRatio(row, texts);
  const target = path?.ratio ?? row.target?.ratio ?? row.cityTarget ?? null;
  return html`<section class=${big ? 'headline headline-big' : 'headline'} aria-labelledby="headline-title">
    <div class="headline-main">
      <h2 id="headline-title" class="kicker">${texts.t('headline.kicker')} <${Explain} about="ratio" /></h2>
      <p class="ratio"><${Figure} text=${why === null ? texts.percent(row.ratio) : '—'} /></p>
      <p class="of">${why !== null ? why : html`<strong><${Figure} text=${texts.number(row.coveredWorkers)} /></strong> ${texts.t('headline.of')}${' '}
        <strong><${Figure} text=${texts.number(row.workers)} /></strong> ${texts.t('headline.workers')}`}</p>
      <${Bar} row=${row} tall target=${target} />
      <${BarKey} tick=${target === null ? null : path === null && row.target === null ? 'bar.tickCity' : 'bar.tick'} />
      ${!row.suppressed && html`<p class="sentence">${sentence(row, path, place, texts, day)}</p>`}
    </div>
    <dl class="facts">
      <${Fact} about="uncovered" label=${texts.t('uncovered')} value=${uncoveredOf(row, texts)}
        note=${uncoveredNote(row, texts, status.publicMode)} />
      ${path !== null && html`<${Fact} about="plannedToday" label=${day === null ? texts.t('plannedToday') : texts.t('plannedToday.day', { day: texts.dayShort(day) })} value=${texts.percent(path.plannedRatioToday)}
        note=${path.plannedRatioToday === null ? texts.t(day === null ? 'plannedToday.none' : 'plannedToday.noneThen') : texts.t('plannedToday.note', { workers: path.plannedWorkersToday ?? 0 })} />
      <${Fact} about="gap" label=${texts.t('gap')} value=${gapText(path, texts)} tone=${(path.gapToday ?? 0) > 0 ? 'behind' : 'ahead'}
        note=${path.gapToday === null ? '' : texts.t(path.gapToday > 0 ? 'gap.behind' : 'gap.ahead')} />
      <${Fact} about="toTarget" label=${texts.t('toTarget', { ratio: texts.percent(path.ratio) })} value=${texts.number(path.workersToTarget)}
        note=${toTargetNote(path, texts)} />`}
      <${ChangeFact} change=${change7} days=${7} />
      <${ChangeFact} change=${change30} days=${30} />
    </dl>
  </section>`;
}

/** @param {{about: string, label: string, value: string, note: string, tone?: string}} props */
export function Fact({ about, label, value, note, tone = '' }) {
  return html`<div class=${'fact ' + (tone === '' ? '' : 'fact-' + tone)}>
    <dt>${label} <${Explain} about=${about} /></dt>
    <dd class="fact-value"><${Figure} text=${value} /></dd>
    <dd class="fact-note">${note}</dd>
  </div>`;
}

/** @param {{change: Change|null, days: number}} props */
function ChangeFact({ change, days }) {
  const { texts, status } = useShared();
  const label = texts.t('change', { days });
  if (change === null) {
    return html`<${Fact} about="change" label=${label} value="—" note=${texts.t(status.publicMode ? 'notPublic' : 'change.none')} />`;
  }
  const arrow = change.ratio === null || Math.abs(change.ratio) < 0.0005 ? '→' : change.ratio > 0 ? '↑' : '↓';
  const word = arrow === '→' ? 'change.same' : arrow === '↑' ? 'change.up' : 'change.down';
  return html`<${Fact} about="change" label=${label} value=${arrow + ' ' + texts.t('points', { n: texts.points(change.ratio) })}
    note=${texts.t(word) + ' · ' + texts.t('change.workers', { covered: texts.change(change.coveredWorkers), workers: texts.change(change.workers) })
      + (change.basis === 'KNOWN' ? ' · ' + texts.t('change.known') : '')} />`;
}

/**
 * @param {Row} row
 * @param {import('../lib/texts.js').Texts} texts
 * @param {boolean} publicMode
 */
function uncoveredNote(row, texts, publicMode) {
  if (publicMode) {
    return row.coverage === 'FEW_UNCOVERED' ? '' : texts.t(row.uncoveredWorkers === null ? 'notPublic' : 'uncovered.notePublic');
  }
  return row.coveredByGrace === null ? '' : texts.t('uncovered.note', { grace: row.coveredByGrace });
}

/**
 * @param {Path} path
 * @param {import('../lib/texts.js').Texts} texts
 */
function gapText(path, texts) {
  return path.gapToday === null ? '—' : texts.number(Math.abs(path.gapToday));
}

/**
 * @param {Path} path
 * @param {import('../lib/texts.js').Texts} texts
 */
function toTargetNote(path, texts) {
  if (path.workersToTarget === 0) {
    return texts.t('toTarget.reached');
  }
  if (path.perWeek === null) {
    return texts.t('toTarget.due', { day: texts.day(path.dueOn) });
  }
  return texts.t('toTarget.note', { day: texts.day(path.dueOn), perWeek: Math.ceil(path.perWeek) });
}

/**
 * What the figures say, in one plain sentence.
 *
 * @param {Row} row
 * @param {Path|null} path
 * @param {string} place
 * @param {import('../lib/texts.js').Texts} texts
 * @param {string|null} day of the figures, null for today
 * @returns {string}
 */
export function sentence(row, path, place, texts, day) {
  if (row.suppressed) {
    return texts.t('sentence.suppressed', { place });
  }
  if (row.workers === 0) {
    return day === null ? texts.t('sentence.none', { place }) : texts.t('sentence.noneThen', { place, day: texts.day(day) });
  }
  const said = { place, ratio: texts.percent(row.ratio), uncovered: row.uncoveredWorkers ?? '—' };
  const start = day === null ? texts.t('sentence.start', said) : texts.t('sentence.startThen', { ...said, day: texts.day(day) });
  if (path === null || path.gapToday === null) {
    return start;
  }
  const values = { gap: Math.abs(path.gapToday), ratio: texts.percent(path.ratio), day: texts.day(path.dueOn) };
  const past = path.weeksLeft !== null && path.weeksLeft <= 0;
  const key = path.gapToday > 0 ? (past ? 'sentence.behindPast' : 'sentence.behind') : past ? 'sentence.aheadPast' : 'sentence.ahead';
  return start + ' ' + texts.t(key, values);
}

/**
 * Deadlines and insurance of a group: what has to be done.
 *
 * @param {{row: Row, hiresLink: string|null}} props
 */
export function Duties({ row, hiresLink }) {
  const { texts, status } = useShared();
  const share = row.projects > 0 ? row.insuredProjects / row.projects : null;
  const value = row.contractValue > 0 ? row.insuredContractValue / row.contractValue : null;
  const days = row.workerDays30 === null || row.coveredWorkerDays30 === null || row.workerDays30 === 0 ? null
    : row.coveredWorkerDays30 / row.workerDays30;
  return html`<section class="duties" aria-label=${texts.t('duties')}>
    <dl class="facts facts-row">
      <${Fact} about="overdue" label=${texts.t('overdue')} value=${texts.number(row.overdueHires)} tone=${(row.overdueHires ?? 0) > 0 ? 'behind' : ''}
        note=${status.publicMode ? texts.t('notPublic') : row.alerts === null ? '' : texts.t('overdue.note', { dueSoon: row.alerts.dueSoon, escalated: row.alerts.escalated })} />
      <${Fact} about="insured" label=${texts.t('insured')} value=${texts.t('nOfD', { n: row.insuredProjects, d: row.projects })}
        note=${share === null ? texts.t('insured.none') : texts.t('insured.note', { ratio: texts.percent(share) })} />
      <${Fact} about="insuredValue" label=${texts.t('insuredValue')} value=${texts.rupiah(row.insuredContractValue)}
        note=${value === null ? texts.t('insuredValue.none') : texts.t('insuredValue.note', { value: texts.rupiah(row.contractValue), ratio: texts.percent(value) })} />
      <${Fact} about="personDays" label=${texts.t('personDays')} value=${texts.percent(days)}
        note=${status.publicMode ? texts.t('notPublic') : row.workerDays30 === null ? '' : days === null ? texts.t('personDays.none') : texts.t('nOfD', { n: row.coveredWorkerDays30 ?? 0, d: row.workerDays30 ?? 0 })} />
    </dl>
    ${hiresLink !== null && (row.hires ?? 0) > (row.coveredHires ?? 0) && html`<p class="duties-more"><a class="button" href=${hiresLink}>${texts.t('toHires')}</a></p>`}
  </section>`;
}

export { nameOf };
