/**
 * The shapes of the server's answers (see /api/v1/openapi.json). Days are `yyyy-mm-dd`, instants ISO-8601 in UTC,
 * absent is null: withheld from the public, or not known of a fixed day. This file holds types only.
 *
 * @typedef {'city'|'district'|'contractor'|'project'|'funding'} Level
 *
 * @typedef {{id: string, name: string}} Named
 * @typedef {{level: Level, id: string, name: string|null}} Parent
 *
 * @typedef {{name: string, role: 'official'|'contractor'|'public', contractorId: string|null, mayDecide: boolean,
 *   maySilence?: boolean}} Me
 *
 * @typedef {{state: 'live'|'stale'|'rebuilding', asOf: string|null, zone: string, serverTime: string,
 *   recordedThrough: string|null, updatedAt: string|null, pipelineSeenAt: string|null, loaded: number, behind: number|null,
 *   historyReady: boolean, historyFrom: string|null, simulated: boolean, publicMode: boolean, cities: Named[], me: Me,
 *   loginPossible: boolean, version: string}} Status
 *
 * @typedef {{ratio: number, dueOn: string, workersToTarget: number|null}} Target
 *
 * @typedef {{districtCode: string|null, districtName: string|null, city: string|null, contractorId: string|null,
 *   contractorName: string|null, ownerName: string|null, funding: string|null, contractNumber: string|null,
 *   contractValue: number|null, startsOn: string|null, endsOn: string|null, maintenanceEndsOn: string|null,
 *   declaredWorkers: number|null, asKnownNow?: boolean, insurance: {status: string, effectiveFrom: string|null, effectiveTo: string|null,
 *   inEffect: boolean}|null}} Project
 *
 * What is told of a group's covered workers, in public: all, only that few are uncovered or covered, or nothing.
 * @typedef {'SHOWN'|'FEW_UNCOVERED'|'FEW_COVERED'|'HIDDEN'} Coverage
 *
 * @typedef {{level: Level, id: string, name: string|null, asOf: string|null, hires: number|null, coveredHires: number|null,
 *   overdueHires: number|null, workers: number|null, coveredWorkers: number|null, coveredByGrace: number|null,
 *   uncoveredWorkers: number|null, coverage?: Coverage|null, cityTarget?: number|null, ratio: number|null, projects: number, insuredProjects: number, contractValue: number, insuredContractValue: number,
 *   workerDays30: number|null, coveredWorkerDays30: number|null, target: Target|null,
 *   alerts: {dueSoon: number, overdue: number, escalated: number}|null, suppressed: boolean,
 *   recordedThrough: string|null, updatedAt: string|null, project?: Project|null}} Row
 *
 * @typedef {{since: string, basis: 'REPORTED'|'KNOWN', workers: number|null, coveredWorkers: number|null, ratio: number|null}} Change
 *
 * @typedef {{baselineRatio: number|null, baselineOn: string|null, ratio: number, dueOn: string, source: string|null,
 *   plannedRatioToday: number|null, plannedWorkersToday: number|null, gapToday: number|null,
 *   workersToTarget: number|null, weeksLeft: number|null, perWeek: number|null}} Path
 *
 * @typedef {{concept: string, source: string, participants: number|null, workforce: number|null, ratio: number|null,
 *   validOn: string}} Reference
 *
 * @typedef {{city: Row, change7: Change|null, change30: Change|null, path: Path|null, references: Reference[],
 *   fundings: Row[], districts: Row[], heldBackBy: {contractors: Row[], projects: Row[]}, unassigned: Row|null}} Overview
 *
 * @typedef {{total: number, offset: number, rows: Row[], partsDoNotAddUp: boolean, suppressedRows: number}} Groups
 *
 * @typedef {{verdict: 'PAY'|'CHECK'|'HOLD', insured: boolean, insuredSince: string|null, insuredTo: string|null,
 *   status: string, listComplete: boolean, listedWorkers: number, workers: number, declaredWorkers: number|null,
 *   uncoveredWorkers: number, byGrace: number, openAlerts: number, overdue: number, reasons: string[]}} Payment
 *
 * @typedef {{row: Row, parents: Parent[], change7: Change|null, change30: Change|null, path: Path|null,
 *   payment: Payment|null}} Group
 *
 * @typedef {{from: string, hires: number, coveredHires: number, overdueHires: number, workers: number,
 *   coveredWorkers: number, coveredByGrace: number, projects: number, insuredProjects: number,
 *   contractValue: number, insuredContractValue: number}} Point
 *
 * @typedef {{day: string, workers: number|null, coveredWorkers: number|null, coveredByGrace: number|null,
 *   overdueHires: number|null, hires: number|null, coveredHires: number|null, projects: number, insuredProjects: number}} Reported
 *
 * @typedef {{today: string, firstKnown: string|null, lastKnown: string|null, points: Point[], reported: Reported[],
 *   reportedFrom: string|null, reportedTo: string|null, path: Path|null,
 *   months: {month: string, workerDays: number, coveredWorkerDays: number}[],
 *   changesAhead: {day: string, workers: number, coveredWorkers: number, hires: number, coveredHires: number}[]}} Timeline
 *
 * @typedef {{id: string, kind: string, reason: string, note: string|null, by: string|null, at: string, until: string,
 *   mayEnd?: boolean}} Decision
 *
 * @typedef {{key: string, worker: string, hireId: string|null, project: Named, contractor: Named,
 *   district: Named|null, startsOn: string, dueOn: string, uncoveredSince: string|null, overdueSince: string|null,
 *   daysSinceStart: number, daysUncovered: number, daysOverdue: number, state: string, reason: string,
 *   resolution: string|null, backdated: boolean, asOf: string, decision: Decision|null}} Hire
 *
 * @typedef {{total: number, offset: number, rows: Hire[],
 *   counts: {dueSoon: number, overdue: number, escalated: number}}} Hires
 */

export {};
