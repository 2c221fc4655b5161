import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../data/make-folder.ts';
import { isSystemError, systemReason } from '../data/system-error.ts';
import { writeAtomic } from '../data/write-atomic.ts';
import { DataError, UsageError } from '../errors.ts';
import { safeParse } from '../schema.ts';
import { type ModelJson, modelJson, modelJsonSchema } from './model-json.ts';
import type { Scorer } from './scorer.ts';
import { buildScorer } from './scorers.ts';

/**
 * Writes a scorer into a folder (made where there is none) in the layout of a TensorFlow.js layers model: `weights.bin`, all parameters as
 * little-endian float32, and `model.json`, which names them. Each file is written beside, then renamed; `model.json`, which carries the
 * weights' checksum, comes last.
 * @throws UsageError when the folder cannot be written
 */
export async function saveScorer(folder: string, scorer: Scorer): Promise<void> {
  const bytes = encode(scorer.parameters);
  await makeFolder(folder).catch((error) => {
    throw isSystemError(error) ? new UsageError(`cannot write "${folder}": ${systemReason(error)}`) : error;
  });
  await writeAtomic(join(folder, 'weights.bin'), bytes);
  await writeAtomic(join(folder, 'model.json'), `${JSON.stringify(modelJson(scorer.architecture, checksum(bytes)), null, 2)}\n`);
}

/**
 * Builds the scorer that {@link saveScorer} wrote; parameters are the same to the last bit.
 * @throws DataError when a file is missing or damaged, UsageError when the scorer needs a tensor backend and none is open
 */
export async function loadScorer(folder: string): Promise<Scorer> {
  const [manifest, weights] = [join(folder, 'model.json'), join(folder, 'weights.bin')];
  const { userDefinedMetadata } = decode((await read(manifest)).toString(), manifest);
  const bytes = await read(weights);
  if (checksum(bytes) !== userDefinedMetadata.sha256)
    throw new DataError(`not the weights that "${manifest}" describes: their checksum differs; save the model again`, { file: weights });
  const scorer = buildScorer(userDefinedMetadata.architecture);
  const [expected, found] = [scorer.parameters.length * Float32Array.BYTES_PER_ELEMENT, bytes.length];
  if (found !== expected)
    throw new DataError(`expected ${expected} bytes of weights, got ${found}; save the model again`, { file: weights });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let p = 0; p < scorer.parameters.length; p++) scorer.parameters[p] = view.getFloat32(4 * p, true);
  return scorer;
}

function decode(text: string, file: string): ModelJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DataError(`not JSON (${(error as Error).message}); save the model again`, { file });
  }
  const result = safeParse(modelJsonSchema, value);
  if (!result.success) throw new DataError(`not a model of counterrank: ${result.issues[0].message}; save the model again`, { file });
  return result.output;
}

async function read(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw isSystemError(error) ? new DataError(`cannot read: ${systemReason(error)}`, { file }) : error;
  }
}

function encode(parameters: Float32Array): Uint8Array {
  const bytes = new Uint8Array(parameters.byteLength);
  const view = new DataView(bytes.buffer);
  for (let p = 0; p < parameters.length; p++) view.setFloat32(4 * p, parameters[p], true);
  return bytes;
}

const checksum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
