export { type BiasVarianceSummary, summariseBiasVariance } from '../estimators/recommendation/clip-optimum.ts';
export { named } from '../src/named.ts';
export type { Catalogue, TaskEntry } from './catalogue/catalogue.ts';
export type { PluginExports } from './catalogue/check-plugin.ts';
export { type MethodGroup, methodGroups } from './catalogue/method-groups.ts';
export { openCatalogue } from './catalogue/open-catalogue.ts';
export { decodeRankingConfig, readRankingConfig } from './catalogue/ranking-config.ts';
export { decodeStudy, type ReadStudy, readStudy } from './catalogue/read-study.ts';
export type { Picture } from './charts/draw-svg.ts';
export { type ComparedMethod, type Comparison, comparison, digest, type Figure, figure, listing, type Series } from './charts/figure.ts';
export { type LineChartOptions, lineChart } from './charts/line-chart.ts';
export { type PaperFigure, paperFigure } from './charts/paper-figure.ts';
export type { StudyConfig } from './config/config-kind.ts';
export { configSchema } from './config/config-schema.ts';
export { studySchemas } from './config/study-schemas.ts';
export { fileName, parsable } from './config/text-rules.ts';
export { type FinishedRun, type RunTaskOptions, runTask } from './engine/run-task.ts';
export { defineTask, type Learnt, methodsOf, type Prepared, type SeedStudy, type Task } from './engine/task.ts';
export { writeRun } from './engine/write-run.ts';
export { builtInParts, type Parts } from './parts/parts.ts';
export { collectRecords } from './records/collect-records.ts';
export type { StoredRun } from './records/stored-run.ts';
export { type TidyTable, tidyTable } from './records/tidy-table.ts';
export { writeTidyTable } from './records/write-tidy-table.ts';
export { comparisonPage, comparisonParts } from './report/comparison-page.ts';
export { type FigureGroups, writeFigures } from './report/figure-files.ts';
export { columnWidth, pageWidth } from './report/figure-widths.ts';
export { gatherReport, gatherSummary, type RunsReport } from './report/gather-report.ts';
export { finding } from './report/presentation.ts';
export { reportPage } from './report/report-page.ts';
export { type ReportOptions, type ReportSummary, usualReport } from './report/report-summary.ts';
export { markdownTable, resultTable } from './report/result-table.ts';
export { summariseRuns } from './report/summarise-runs.ts';
export type { TextTable } from './report/text-table-forms.ts';
export { writeReport } from './report/write-report.ts';
export { type Method, type OwnMethod, ownMethod, type Study, study } from './script/study.ts';
export type { StudyResult } from './script/study-result.ts';
export type { GivenLogs, World, WorldTruth } from './script/world.ts';
export { metaLatex } from './search-sessions/meta-latex.ts';
export { metaPage } from './search-sessions/meta-page.ts';
export { metaTables } from './search-sessions/meta-tables.ts';
export { sessionLatex } from './search-sessions/session-latex.ts';
export { sessionPage } from './search-sessions/session-page.ts';
export {
  readSessionSimulationConfig,
  type SessionSimulationConfig,
  sessionSimulationConfig,
} from './search-sessions/session-simulation-config.ts';
export { sessionTable } from './search-sessions/session-table.ts';
export { type SystemSessions, simulateSessionLogs } from './search-sessions/simulate-session-logs.ts';
export { markdown } from './show/markdown.ts';
export { meanRows } from './show/mean-rows.ts';
export { isQuick } from './show/quick.ts';
export { type Showable, show } from './show/show.ts';
export { table } from './show/table.ts';
export type { TableRow, View } from './show/view.ts';
export { type StudyRow, sessionMetricStudy } from './studies/session-metric-study.ts';
export { noteRule } from './summary/notes.ts';
export { summariseRun } from './summary/summarise-run.ts';
export { beginSweep, resumeSweep } from './sweep/open-sweep.ts';
export { type PlannedRun, planSweep, type SweepPlan, type SweepRequest } from './sweep/plan-sweep.ts';
export { runSweep, type SweepOptions, type SweepOutcome } from './sweep/run-sweep.ts';
export { readSweepFile, type SweepFile, type SweepRun } from './sweep/sweep-file.ts';
export { type RunState, sweepState } from './sweep/sweep-state.ts';
export { meansOf, type RunResult, rowsIn, seriesOf } from './tables/run-result.ts';
export { isPooled, type MetricDescription, type StudyDescription } from './tables/study-description.ts';
export { column, optionalColumn, type Row, rowsOf, type Table, type TidyRow, table as declareTable } from './tables/table.ts';
export {
  type BiasVarianceRequest,
  biasVariance,
  type ClippableStudy,
  clippableStudy,
} from './tasks/bias-variance/bias-variance.ts';
export { biasVariancePage } from './tasks/bias-variance/bias-variance-page.ts';
export { type BiasVarianceStudy, studyBiasVariance } from './tasks/bias-variance/bias-variance-study.ts';
export { biasVarianceTables } from './tasks/bias-variance/bias-variance-tables.ts';
export { type RankingConfig, rankingSchemas } from './tasks/ranking/ranking-config.ts';
export type { OnProgress, ProgressEvent } from './terminal/progress.ts';
export { trackRuns } from './trackers/track-runs.ts';
