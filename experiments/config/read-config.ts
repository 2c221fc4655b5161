import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { isSystemError, systemReason } from '../../src/data/system-error.ts';
import { DataError, UsageError } from '../../src/errors.ts';
import { decode, listFaults } from './decode.ts';
import { impossibleCombinations } from './impossible-combinations.ts';
import { applyOverrides, parseOverride } from './overrides.ts';
import { refuseTask } from './refuse-task.ts';
import { type RunConfig, runConfig } from './run-config.ts';

/** Whether the logs will be simulated; if they are given, what the simulation cannot offer is no fault. */
export interface ConfigUse {
  readonly simulated?: boolean;
}

/**
 * The config of a file, YAML or JSON, with `key.path=value` overrides put in and every default filled in.
 * @throws UsageError for a missing file, and for all faults of keys and values at once; DataError with line and column for broken YAML or JSON
 */
export async function readConfig(file: string, overrides: readonly string[] = [], use: ConfigUse = {}): Promise<RunConfig> {
  const typed = overrides.map(parseOverride);
  return decodeConfig(applyOverrides(await parseConfigFile(file), typed, decode(runConfig, {}, 'defaults')), file, use);
}

/** @throws UsageError that names all faults */
export function decodeConfig(input: unknown, source: string, { simulated = true }: ConfigUse = {}): RunConfig {
  refuseTask(input, source);
  const config = decode(runConfig, input, source);
  const faults = impossibleCombinations(config, simulated);
  if (faults.length > 0) throw new UsageError(listFaults(source, faults));
  return config;
}

/** What a file says, with no rule applied but that it is a group of keys. @throws as {@link readConfig} */
export const parseConfigFile = async (file: string): Promise<unknown> => parse(await read(file), file);

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isSystemError(error)) throw new UsageError(`cannot read the config "${file}": ${systemReason(error)}`);
    throw error;
  }
}

/** JSON is YAML. */
function parse(text: string, file: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new DataError(error.message.split('\n')[0], { file, line, column: col });
  }
  const value: unknown = document.toJS();
  if (value !== null && (typeof value !== 'object' || Array.isArray(value)))
    throw new UsageError(`${file}: a config is a group of keys, such as "seeds: 5"; see counterrank schema`);
  return value;
}
