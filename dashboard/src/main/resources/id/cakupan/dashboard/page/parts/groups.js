import { html } from '../vendor/preact.js';
import { groupLink, linkTo, useShared } from '../lib/app.js';
import { queryOf } from '../lib/api.js';
import { NONE } from '../lib/texts.js';
import { Bar, coveredOf, Figure, nameOf, uncoveredOf, whyNoRatio } from './figures.js';

/**
 * @typedef {import('../lib/types.js').Row} Row
 * @typedef {import('./rows.js').Column} Column
 */

/** The groups of a page of tables. */
export const LEVEL_OF = Object.freeze(/** @type {Record<string, string>} */ ({
  districts: 'district', contractors: 'contractor', projects: 'project', fundings: 'funding',
}));

/**
 * Columns of a table of groups.
 *
 * @param {string} level
 * @param {import('../lib/texts.js').Texts} texts
 * @param {{alerts: boolean, publicMode: boolean}} told alerts: not of a fixed day; publicMode: neither deadlines nor grace
 * @returns {Column[]}
 */
export function groupColumns(level, texts, told) {
  /** @type {Column[]} */
  const columns = [
    { key: 'name', label: texts.t('level.' + level), sort: 'name', cell: (row) => html`<${GroupName} row=${row} />` },
    {
      key: 'bar', label: texts.t('column.bar'), explain: 'bar',
      cell: (row) => html`<${Bar} row=${row} />`,
    },
    {
      key: 'ratio', label: texts.t('column.ratio'), sort: 'ratio', first: 'asc', num: true,
      cell: (row) => html`<span class="strong"><${Ratio} row=${row} /></span>`,
    },
    {
      key: 'workers', label: texts.t('column.ofWorkers'), sort: 'workers', num: true,
      cell: (row) => html`<${Figure} text=${coveredOf(row, texts)} of=${row.id} />`,
    },
    { key: 'uncovered', label: texts.t('uncovered.short'), sort: 'uncovered', num: true, explain: 'uncovered', cell: (row) => html`<${Figure} text=${uncoveredOf(row, texts)} of=${row.id} />` },
  ];
  if (!told.publicMode) {
    columns.push(
      { key: 'overdue', label: texts.t('overdue.short'), sort: 'overdue', num: true, cell: (row) => overdueCell(row, texts) },
      { key: 'grace', label: texts.t('grace.short'), sort: 'grace', num: true, low: true, cell: (row) => html`<${Figure} text=${texts.number(row.coveredByGrace)} of=${row.id} />` },
    );
  }
  if (level === 'project') {
    columns.push({ key: 'insured', label: texts.t('insured.short'), sort: 'insured', cell: (row) => html`<${InsuredMark} row=${row} />` });
    columns.push({ key: 'ends', label: texts.t('column.ends'), sort: 'ends', num: true, low: true, cell: (row) => texts.dayShort(row.project?.endsOn) });
  } else {
    columns.push({
      key: 'projects', label: texts.t('insured.short'), sort: 'insured', num: true,
      cell: (row) => insuredOf(row, texts),
    });
    columns.push({ key: 'value', label: texts.t('column.value'), sort: 'value', num: true, low: true, cell: (row) => texts.rupiah(row.contractValue) });
  }
  if (told.alerts && !told.publicMode) {
    columns.push({ key: 'escalated', label: texts.t('escalated.short'), sort: 'escalated', num: true, low: true, cell: (row) => html`<${Figure} text=${texts.number(row.alerts?.escalated)} of=${row.id} />` });
  }
  return columns;
}

/**
 * @param {Row} row
 * @param {import('../lib/texts.js').Texts} texts
 */
function overdueCell(row, texts) {
  const text = texts.number(row.overdueHires);
  return html`<span class=${(row.overdueHires ?? 0) > 0 ? 'warn' : 'quiet'}><${Figure} text=${text} of=${row.id} /></span>`;
}

/**
 * Insured projects of all, which stay known where figures of workers are withheld.
 *
 * @param {Row} row
 * @param {import('../lib/texts.js').Texts} texts
 */
function insuredOf(row, texts) {
  return row.projects === null ? NONE : texts.t('nOfD', { n: row.insuredProjects ?? NONE, d: row.projects });
}

/**
 * The ratio, or that it is withheld and why.
 *
 * @param {{row: Row}} props
 */
function Ratio({ row }) {
  const { texts } = useShared();
  return row.suppressed ? html`<span class="quiet" title=${whyNoRatio(row, texts) ?? ''}>${texts.t('suppressed')}</span>`
    : html`<${Figure} text=${texts.percent(row.ratio)} of=${row.id} />`;
}

/** @param {{row: Row}} props */
export function GroupName({ row }) {
  const { texts } = useShared();
  const project = row.project ?? null;
  const under = project === null ? '' : [project.contractorName ?? project.contractorId, project.districtName].filter((each) => each).join(' · ');
  return html`<span class="name"><a href=${groupLink(row.level, row.id)}>${nameOf(row, texts)}</a>
    ${under !== '' && html`<span class="under">${under}</span>`}</span>`;
}

/** @param {{row: Row}} props */
export function InsuredMark({ row }) {
  const { view } = useShared();
  const insurance = row.project?.insurance ?? null;
  if (view.query['asOf'] !== undefined && row.projects !== null) {
    // What is known of the registration is of today; the figures of that day tell only whether it was in effect.
    const good = (row.insuredProjects ?? 0) > 0;
    return row.projects === 0 ? html`<span class="quiet">${NONE}</span>` : html`<${Mark} good=${good} state=${good ? 'IN_EFFECT' : 'NOT_IN_EFFECT'} />`;
  }
  if (insurance === null) {
    return html`<span class="quiet">${NONE}</span>`;
  }
  return html`<${Mark} good=${insurance.inEffect} state=${insurance.inEffect ? 'IN_EFFECT' : insurance.status} />`;
}

/** @param {{good: boolean, state: string}} props */
function Mark({ good, state }) {
  const { texts } = useShared();
  return html`<span class=${'mark mark-' + (good ? 'good' : 'bad')}><span aria-hidden="true">${good ? '✓' : '✕'}</span> ${texts.t('insurance.' + state)}</span>`;
}

/**
 * Downloads of exactly what is filtered, as links.
 *
 * @param {{what: 'groups'|'hires'|'timeline', query: Record<string, any>}} props
 */
export function Downloads({ what, query }) {
  const { texts, view } = useShared();
  const asOf = what === 'groups' ? view.query['asOf'] : undefined;
  const common = { ...query, asOf, language: view.lang, form: view.lang === 'id' ? 'id' : 'international' };
  const link = (/** @type {string} */ form) => '/api/v1/export/' + what + '.' + form + queryOf(common);
  return html`<span class="downloads"><span class="visually-hidden">${texts.t('download')}</span>
    <a class="button button-small" href=${link('csv')} download aria-label=${texts.t('download.as', { form: 'CSV' })}>CSV</a>
    <a class="button button-small" href=${link('xlsx')} download aria-label=${texts.t('download.as', { form: 'Excel' })}>Excel</a></span>`;
}

/**
 * A short list of groups, as on the first page: name, bar, ratio, uncovered.
 *
 * @param {{rows: Row[], label: string, full?: boolean}} props
 */
export function ShortTable({ rows, label, full = false }) {
  const { texts, status } = useShared();
  const deadlines = full && !status.publicMode;
  if (rows.length === 0) {
    return html`<p class="empty-line">${texts.t('groups.none')}</p>`;
  }
  return html`<table class="plain short">
    <caption class="visually-hidden">${label}</caption>
    <thead><tr><th scope="col">${texts.t('column.name')}</th><th scope="col" class="col-bar">${texts.t('column.bar')}</th><th scope="col" class="num">${texts.t('column.ratio')}</th>
      ${full && html`<th scope="col" class="num">${texts.t('column.ofWorkers')}</th>`}
      <th scope="col" class="num">${texts.t('uncovered.short')}</th>${deadlines && html`<th scope="col" class="num">${texts.t('overdue.short')}</th>`}
      ${full && html`<th scope="col" class="num">${texts.t('insured.short')}</th>`}</tr></thead>
    <tbody>${rows.map((row) => html`<tr key=${row.id}>
      <th scope="row"><${GroupName} row=${row} /></th>
      <td class="col-bar" data-label=${texts.t('column.bar')}><${Bar} row=${row} /></td>
      <td class="num strong" data-label=${texts.t('column.ratio')}><${Ratio} row=${row} /></td>
      ${full && html`<td class="num" data-label=${texts.t('column.ofWorkers')}><${Figure} text=${coveredOf(row, texts)} /></td>`}
      <td class="num" data-label=${texts.t('uncovered.short')}><${Figure} text=${uncoveredOf(row, texts)} /></td>
      ${deadlines && html`<td class="num" data-label=${texts.t('overdue.short')}>${overdueCell(row, texts)}</td>`}
      ${full && html`<td class="num" data-label=${texts.t('insured.short')}>${insuredOf(row, texts)}</td>`}
    </tr>`)}</tbody>
  </table>`;
}

export { linkTo };
