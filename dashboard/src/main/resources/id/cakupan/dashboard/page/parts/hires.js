import { html, useMemo, useState } from '../vendor/preact.js';
import { groupLink, useShared } from '../lib/app.js';
import { queryOf } from '../lib/api.js';
import { DecideDialog } from './decide.js';
import { Downloads } from './groups.js';
import { printing, Rows } from './rows.js';

/**
 * @typedef {import('../lib/types.js').Hire} Hire
 * @typedef {import('./rows.js').Column} Column
 */

/**
 * @param {import('../lib/texts.js').Texts} texts
 * @param {boolean} mayDecide
 * @param {(hire: Hire) => void} decide
 * @param {boolean} withProject
 * @returns {Column[]}
 */
function hireColumns(texts, mayDecide, decide, withProject) {
  /** @type {Column[]} */
  const columns = [
    {
      key: 'state', label: texts.t('column.state'), sort: 'state', explain: 'states',
      cell: (hire) => html`<span class="name"><span class=${'alert alert-' + hire.state.toLowerCase()}>${texts.t('alert.' + hire.state)}</span>
        <span class="under">${hire.state === 'RESOLVED' && hire.resolution !== null ? texts.t('resolution.' + hire.resolution) : texts.t('reason.' + hire.reason)}</span></span>`,
    },
  ];
  if (withProject) {
    columns.push({
      key: 'project', label: texts.t('level.project'), sort: 'project',
      cell: (hire) => html`<span class="name"><a href=${groupLink('project', hire.project.id)}>${hire.project.name ?? hire.project.id}</a>
        <span class="under"><a href=${groupLink('contractor', hire.contractor.id)}>${hire.contractor.name ?? hire.contractor.id}</a></span></span>`,
    });
  }
  columns.push(
    { key: 'worker', label: texts.t('column.worker'), explain: 'worker', cell: (hire) => html`<code class="token">${hire.worker}</code>` },
    {
      key: 'started', label: texts.t('column.started'), sort: 'started', num: true,
      cell: (hire) => html`<span class="name"><span>${texts.dayShort(hire.startsOn)}</span><span class="under">${texts.t('days.ago', { n: hire.daysSinceStart })}${hire.backdated ? ' · ' + texts.t('backdated') : ''}</span></span>`,
    },
    {
      key: 'due', label: texts.t('column.due'), sort: 'due', num: true,
      cell: (hire) => html`<span class="name"><span class=${hire.daysOverdue > 0 ? 'warn' : ''}>${texts.dayShort(hire.dueOn)}</span>
        <span class="under">${hire.daysOverdue > 0 ? texts.t('days.late', { n: hire.daysOverdue }) : texts.t('days.inTime')}</span></span>`,
    },
    { key: 'since', label: texts.t('column.uncoveredDays'), sort: 'since', first: 'asc', num: true, cell: (hire) => texts.t('days', { n: hire.daysUncovered }) },
    {
      key: 'decision', label: texts.t('column.decision'),
      cell: (hire) => html`<span class="name">${hire.decision === null ? html`<span class="quiet">${texts.t('decision.none')}</span>`
        : html`<span title=${hire.decision.note ?? ''}>${texts.t('decision.' + hire.decision.kind.toLowerCase())} · ${texts.t('because.' + hire.decision.reason)}</span>
          <span class="under">${hire.decision.by === null ? texts.t('decision.until', { until: texts.lastDay(hire.decision.until) })
            : texts.t('decision.by', { by: hire.decision.by, until: texts.lastDay(hire.decision.until) })}</span>`}
        ${mayDecide && hire.decision === null && hire.state !== 'RESOLVED' && html`<button type="button" class="button button-small no-print" aria-label=${texts.t('acknowledge.of', { worker: hire.worker })} onClick=${() => decide(hire)}>${texts.t('acknowledge')}</button>`}</span>`,
    },
  );
  return columns;
}

/**
 * The uncovered hires of a scope, with their deadlines and what was decided about them.
 *
 * @param {{query: Record<string, string|undefined>, primary: boolean, sort?: string, order?: 'asc'|'desc',
 *   onSort?: (sort: string, order: 'asc'|'desc') => void, startRow?: number, onRow?: (row: number) => void,
 *   onAnswer?: (answer: any) => void, filtered?: boolean}} props
 */
export function HiresTable(props) {
  const { texts, status } = useShared();
  const [own, setOwn] = useState(/** @type {{sort: string, order: 'asc'|'desc'}} */ ({ sort: 'due', order: 'asc' }));
  const [decided, setDecided] = useState(/** @type {Hire|null} */ (null));
  const sort = props.sort ?? own.sort;
  const order = props.order ?? own.order;
  const withProject = props.query['project'] === undefined || props.primary;
  const columns = useMemo(() => hireColumns(texts, status.me.mayDecide, setDecided, withProject), [texts, status.me.mayDecide, withProject]);
  const asked = { ...props.query, sort, order };
  return html`<${Rows} label=${texts.t('hires')} kind="hire" columns=${columns} primary=${props.primary}
      base=${'/hires' + queryOf(asked)} keyOf=${keyOf} sort=${sort} order=${order}
      onSort=${props.onSort ?? ((/** @type {string} */ by, /** @type {'asc'|'desc'} */ direction) => setOwn({ sort: by, order: direction }))}
      startRow=${props.startRow ?? 0} onRow=${props.onRow} onAnswer=${props.onAnswer}
      empty=${texts.t(props.filtered ? 'hires.filteredOut' : 'hires.none')}
      tools=${html`<${Downloads} what="hires" query=${asked} />
        ${props.primary && html`<button type="button" class="button button-small" onClick=${() => printing.set(true)}>${texts.t('print')}</button>`}`} />
    ${decided !== null && html`<${DecideDialog} hire=${decided} onClose=${() => setDecided(null)} />`}`;
}

/** @param {Hire} hire */
const keyOf = (hire) => hire.key;
