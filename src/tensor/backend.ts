import { UsageError } from '../errors.ts';
import { type BackendName, type OpenRung, type Rung, rungs } from './backend-rungs.ts';
import type { DenseLayer, DenseNetwork } from './dense-network.ts';
import { type Product, productNetwork } from './product-network.ts';

export type BackendChoice = 'auto' | BackendName;

/** The backend that runs the tensors of this process. */
export interface BackendReport {
  readonly name: BackendName;
  readonly version?: string; //           of its package or library
  readonly threads?: number; //           chosen by who asked for it
  readonly skipped: readonly string[]; // one line for each backend tried before it: what it is and why it did not open
}

let inUse: (OpenRung & { readonly name: BackendName }) | null = null;
let opened: { readonly choice: BackendChoice; readonly report: Promise<BackendReport> } | null = null;

/**
 * Opens the tensor backend: the one chosen, or with 'auto' the first that works of node-gpu, node, blas, onnxruntime, wasm (SIMD, one thread) and cpu.
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
      inUse = { name: rung.name, ...(await rung.open()) };
      return { name: rung.name, version: inUse.version, skipped };
    } catch (error) {
      skipped.push(`${rung.name}: ${firstLine(error)}`);
    }
  }
  const way = choice === 'auto' ? 'reinstall the package' : 'make it work, or choose "auto"';
  throw new UsageError(`no tensor backend opened for "${choice}": ${skipped.join('; ')}; ${way}`);
}

/** A network on the backend in use; with layer normalisation or dropout, its products there. @throws UsageError when none was opened in this process */
export function denseNetwork(layers: readonly DenseLayer[]): DenseNetwork {
  const { network, product } = backendInUse();
  return layers.some(({ layerNorm, dropout }) => layerNorm || dropout) ? productNetwork(layers, product) : network(layers);
}

/** Products on the backend in use. @throws as {@link denseNetwork} */
export const productInUse = (): Product => backendInUse().product;

function backendInUse(): OpenRung {
  if (inUse === null) throw new UsageError('tensors need a backend: `await openBackend("auto")` before making a model of dense layers');
  return inUse;
}

/** Sets the threads that the backend in use computes with, instead of one. @throws UsageError where it cannot be told, saying why */
export function useThreads(count: number): void {
  const way = 'leave out the number of threads';
  if (inUse?.useThreads === undefined)
    throw new UsageError(
      `the backend "${inUse?.name ?? 'none'}" does not take a number of threads (${count}), "blas" and "onnxruntime" do: choose one, or ${way}`,
    );
  try {
    inUse.useThreads(count);
  } catch (error) {
    throw new UsageError(`${count} threads: ${firstLine(error)}; ${way}`);
  }
}

function firstLine(error: unknown): string {
  const text = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  return text.trim().split('\n')[0].trim();
}
