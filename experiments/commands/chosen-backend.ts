import { type BackendChoice, type BackendReport, openBackend } from '../../src/tensor/backend.ts';

/** Opens the backend, and unless quiet says on standard error which one runs and why faster ones were passed over. */
export async function chosenBackend(name: BackendChoice, quiet: boolean): Promise<BackendReport> {
  const report = await openBackend(name);
  const skipped = report.skipped.length > 0 ? ` (${report.skipped.join('; ')})` : '';
  if (!quiet) console.error(`backend: ${report.name}${skipped}`);
  return report;
}
