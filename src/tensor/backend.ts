import { engine } from '@tensorflow/tfjs-core';
import { UsageError } from '../errors.ts';
import { type BackendName, openRung, type Rung, rungs } from './backend-rungs.ts';

export type BackendChoice = 'auto' | BackendName;

/** The backend that runs the tensors of this process. */
export interface BackendReport {
  readonly name: BackendName;
  readonly version?: string; //           of its package
  readonly skipped: readonly string[]; // one line for each backend tried before it: what it is and why it did not open
}

let opened: { readonly choice: BackendChoice; readonly report: Promise<BackendReport> } | null = null;

/**
 * Opens the tensor backend: the one chosen, or with 'auto' the first that works of node-gpu, node, wasm (SIMD, one thread) and cpu.
 * It counts as open only after a small product on it gave the right numbers. The same choice again answers the same report at no cost.
 * @throws UsageError when the chosen backend does not open, saying why
 */
export function openBackend(choice: BackendChoice): Promise<BackendReport> {
  if (opened?.choice !== choice) {
    const attempt = { choice, report: climb(choice, rungs) };
    opened = attempt;
    attempt.report.catch(() => {
      if (opened === attempt) opened = null;
    });
  }
  return opened.report;
}

/** Tries the rungs in order. Exported for tests: callers want {@link openBackend}. */
export async function climb(choice: BackendChoice, ladder: readonly Rung[]): Promise<BackendReport> {
  const skipped: string[] = [];
  for (const rung of ladder) {
    if (choice !== 'auto' && rung.name !== choice) continue;
    try {
      return { name: rung.name, ...(await openRung(rung)), skipped };
    } catch (error) {
      skipped.push(`${rung.name}: ${firstLine(error)}`);
    }
  }
  const way = choice === 'auto' ? 'reinstall the package' : 'make it work, or choose "auto"';
  throw new UsageError(`no tensor backend opened for "${choice}": ${skipped.join('; ')}; ${way}`);
}

/** @throws UsageError when no backend was opened in this process */
export function checkBackendOpen(): void {
  if (engine().backendNames().length === 0)
    throw new UsageError('tensors need a backend: `await openBackend("auto")` before making a model of dense layers');
}

function firstLine(error: unknown): string {
  const text = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  return text.trim().split('\n')[0].trim();
}
