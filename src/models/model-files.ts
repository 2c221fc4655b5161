import { createHash } from 'node:crypto';
import { makeFolder } from '../data/make-folder.ts';
import { readRegular } from '../data/read-regular.ts';
import { isSystemError, systemReason } from '../data/system-error.ts';
import { DataError, UsageError } from '../errors.ts';
import { type Decoded, type GenericSchema, safeParse } from '../schema.ts';
import { firstFault } from '../schema-faults.ts';

/** Numbers one after another as little-endian float32. */
export function encodeFloats(parts: readonly Float32Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const part of parts) for (let p = 0; p < part.length; p++, at += 4) view.setFloat32(at, part[p], true);
  return bytes;
}

export const checksum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** @throws UsageError when the folder cannot be made */
export async function makeModelFolder(folder: string): Promise<void> {
  await makeFolder(folder).catch((error) => {
    throw isSystemError(error) ? new UsageError(`cannot write "${folder}": ${systemReason(error)}`) : error;
  });
}

/**
 * The numbers of {@link encodeFloats}. @param described by the file that says how many they are, and their checksum
 * @throws DataError when the file is missing or others, or no file but a pipe or a device
 */
export async function readFloats(file: string, described: { readonly by: string; readonly count: number; readonly sha256: string }) {
  const expected = described.count * Float32Array.BYTES_PER_ELEMENT;
  const bytes = await readDescribed(file, described, expected);
  if (bytes.length !== expected)
    throw new DataError(`expected ${expected} bytes of weights, got ${bytes.length}; save the model again`, { file });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const values = new Float32Array(described.count);
  for (let p = 0; p < values.length; p++) values[p] = view.getFloat32(4 * p, true);
  return values;
}

/** The content of a file whose checksum another states. @throws DataError as {@link readFloats} */
export async function readDescribed(
  file: string,
  { by, sha256 }: { readonly by: string; readonly sha256: string },
  most?: number,
): Promise<Buffer> {
  const bytes = await read(file, most);
  if (checksum(bytes) === sha256) return bytes;
  throw new DataError(`not the weights that "${by}" describes: their checksum differs; save the model again`, { file });
}

/** @throws DataError when the file is missing, is no JSON, or does not fit the schema */
export async function readModelJson<S extends GenericSchema>(file: string, schema: S): Promise<Decoded<S>> {
  const text = (await read(file)).toString();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DataError(`not JSON (${(error as Error).message}); save the model again`, { file });
  }
  const result = safeParse(schema, value);
  if (!result.success) throw new DataError(`not a model of counterrank: ${firstFault(result.issues)}; save the model again`, { file });
  return result.output;
}

async function read(file: string, most?: number): Promise<Buffer> {
  try {
    return await readRegular(file, 'save the model again', most);
  } catch (error) {
    throw isSystemError(error) ? new DataError(`cannot read: ${systemReason(error)}`, { file }) : error;
  }
}
