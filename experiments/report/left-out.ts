import { DataError, UsageError } from '../../src/errors.ts';
import { array, looseObject, optional, type Schema, string } from '../../src/schema.ts';
import { readStoredJson } from '../records/stored-json.ts';
import type { StoredRun } from '../records/stored-run.ts';

/** Of the records of a run, what it warned of. */
const told = looseObject({ warnings: optional(array(string()), []) }) as unknown as Schema<{ readonly warnings: readonly string[] }>;

/** Methods that have no value at all with a seed of a run, which are in no mean, and why: as the run told it. */
export async function leftOutLines(runs: readonly StoredRun[]): Promise<string[]> {
  const lines = await Promise.all(
    runs.map(async (run) => {
      const missing = run.methods.flatMap(({ label }) =>
        run.seeds.filter((seed) => hasNoValue(run, label, seed)).map((seed) => ({ label, seed })),
      );
      if (missing.length === 0) return [];
      const warnings = await warningsOf(run);
      return missing.map(({ label, seed }) => {
        const words = `${label} with seed ${seed} is left out: `;
        const why = warnings.find((line) => line.startsWith(words))?.slice(words.length) ?? 'it has no value';
        return { run: run.id, label, seed, why };
      });
    }),
  );
  const all = new Map<string, { seeds: number; runs: Set<string>; label: string; why: string }>();
  for (const { run, label, why } of lines.flat()) {
    const known = all.get(`${label} ${why}`) ?? { seeds: 0, runs: new Set<string>(), label, why };
    all.set(`${label} ${why}`, { ...known, seeds: known.seeds + 1, runs: known.runs.add(run) });
  }
  return [...all.values()].map(
    ({ label, seeds, runs: of, why }) =>
      `${label} is left out with ${seeds === 1 ? 'a seed' : `${seeds} seeds`} of ${[...of].join(', ')}: ${why}`,
  );
}

function hasNoValue({ metrics }: StoredRun, label: string, seed: string): boolean {
  const own = metrics.filter((row) => row.method === label && row.seed === seed);
  return own.length > 0 && own.every(({ value }) => Number.isNaN(value));
}

/** None where a folder of an earlier version keeps them otherwise. */
async function warningsOf({ folder, files }: StoredRun): Promise<readonly string[]> {
  try {
    return (await readStoredJson(folder, 'results.json', told, files)).warnings;
  } catch (error) {
    if (!(error instanceof DataError || error instanceof UsageError)) throw error;
    return [];
  }
}
