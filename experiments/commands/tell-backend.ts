import type { BackendReport } from '../../src/tensor/backend.ts';

/** Says on standard error which backend runs and why better ones were passed over, unless quiet. */
export function tellBackend(report: BackendReport | null, quiet: boolean): void {
  if (report === null || quiet) return;
  const skipped = report.skipped.length > 0 ? ` (${report.skipped.join('; ')})` : '';
  const threads = report.threads === undefined ? '' : `, ${report.threads} threads`;
  console.error(`backend: ${report.name}${threads}${skipped}`);
}
