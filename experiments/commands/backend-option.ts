import { Option } from 'commander';
import { type BackendReport, openBackend } from '../../src/tensor/backend.ts';

export const backends = ['auto', 'node-gpu', 'node', 'wasm', 'cpu'] as const;
export type Backend = (typeof backends)[number];

export const backendOption = () =>
  new Option('--backend <name>', 'where tensors are computed, instead of the one in the config (auto: the fastest that works)').choices(
    backends,
  );

/** Opens the backend, and unless quiet says on standard error which one runs and why faster ones were passed over. */
export async function chosenBackend(name: Backend, quiet: boolean): Promise<BackendReport> {
  const report = await openBackend(name);
  const skipped = report.skipped.length > 0 ? ` (${report.skipped.join('; ')})` : '';
  if (!quiet) console.error(`backend: ${report.name}${skipped}`);
  return report;
}
