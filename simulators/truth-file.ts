import { readFile } from 'node:fs/promises';
import { isSystemError, systemReason } from '../src/data/system-error.ts';
import { writeAtomic } from '../src/data/write-atomic.ts';
import { DataError, UsageError } from '../src/errors.ts';
import { literal, nullable, optional, probabilities, record, safeParse, strictObject, string, union } from '../src/schema.ts';
import { firstFault } from '../src/schema-faults.ts';
import type { SimulationTruth } from './truth.ts';

const truthSchema = strictObject({
  clickModel: strictObject({ name: string(), parameters: record(string(), probabilities()) }),
  attraction: probabilities(),
  satisfaction: optional(probabilities()),
  examination: union([
    strictObject({ kind: literal('examination'), examination: probabilities() }),
    strictObject({ kind: literal('contextual'), examination: probabilities() }),
  ]),
  affine: nullable(strictObject({ kind: literal('affine'), alpha: probabilities(), beta: probabilities() })),
});

/** As plain JSON: the same keys, arrays of numbers for typed arrays. */
export function truthToJson(truth: SimulationTruth): object {
  return JSON.parse(JSON.stringify(truth, (_, value: unknown) => (value instanceof Float64Array ? [...value] : value)));
}

/** Writes the truth to a JSON file of its own, beside no log. @throws UsageError where the place cannot be written */
export async function writeTruth(path: string, truth: SimulationTruth): Promise<void> {
  await writeAtomic(path, `${JSON.stringify(truthToJson(truth))}\n`);
}

/** Reads what {@link writeTruth} wrote, or of a file with the truths of several logs, as `counterrank simulate` writes it, the one of a part. @throws UsageError where there is no such file, DataError where it holds something else */
export async function readTruth(path: string, part?: 'train' | 'validation' | 'randomised'): Promise<SimulationTruth> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw isSystemError(error) ? new UsageError(`cannot read "${path}": ${systemReason(error)}`) : error;
  });
  const value = parsed(text, path) as Readonly<Record<string, unknown>> | null;
  const result = safeParse(truthSchema, part === undefined ? value : (value?.[part] ?? value));
  if (result.success) return result.output;
  throw new DataError(`not a simulation truth: ${firstFault(result.issues)}`, { file: path });
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DataError('not JSON', { file });
  }
}
