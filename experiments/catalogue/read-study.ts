import type { ConfigUse, StudyConfig } from '../config/config-kind.ts';
import type { Origin } from '../config/origin.ts';
import { parseOverride } from '../config/overrides.ts';
import { type ConfigReading, type ConfigSource, decodeFile, openConfig } from '../config/read-config.ts';
import type { Task } from '../engine/task.ts';
import { builtIn, type Catalogue } from './catalogue.ts';
import { openCatalogue } from './open-catalogue.ts';

/** A config with every default filled in, of its task, and all there was to choose from. */
export interface ReadStudy {
  readonly config: StudyConfig;
  readonly baseline: string | null | undefined; // as said, also of one method alone: reports compare it with that of other runs
  readonly task: Task;
  readonly catalogue: Catalogue;
}

/** A config file, for any number of runs from it. @param plugins files beside those that the config names */
export const openStudy = (file: string, plugins: readonly string[] = []): Promise<ConfigSource> =>
  openConfig(file, { plugins, kindsOf: openCatalogue });

/**
 * The config of a file of any task, with overrides put in and every default filled in. Which strict schema it must follow, its key `task`
 * says; without one it is that of ranking.
 * @throws UsageError for a missing file, an unknown task, and for all faults of keys and values at once; DataError with line and column for broken YAML
 */
export async function readStudy(
  file: string,
  overrides: readonly string[] = [],
  { plugins = [], ...use }: ConfigUse & { readonly plugins?: readonly string[] } = {},
): Promise<ReadStudy> {
  const { layer, putOut, origin, kinds } = await (await openStudy(file, plugins)).read(overrides.map(parseOverride));
  const catalogue = kinds as Catalogue;
  return { ...decodeStudy(layer, file, { ...use, catalogue, putOut, origin }), catalogue };
}

export interface DecodeUse extends ConfigUse, Pick<ConfigReading, 'putOut'> {
  readonly catalogue?: Catalogue; // what there is to choose from; what comes with the package where absent
  readonly origin?: Origin; //       which file to name behind a fault
}

/** @throws UsageError that names all faults */
export function decodeStudy(
  input: unknown,
  source: string,
  { catalogue = builtIn(), origin, ...use }: DecodeUse = {},
): Omit<ReadStudy, 'catalogue'> {
  const { run, kind, baseline } = decodeFile(input, source, catalogue, use, origin);
  return { config: run, baseline, task: kind as Task };
}
