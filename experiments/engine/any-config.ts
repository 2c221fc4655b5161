import type { Origin } from '../config/origin.ts';
import { parseOverride } from '../config/overrides.ts';
import { decodeFile, openConfig } from '../config/read-config.ts';
import type { AnyConfig } from './tasks.ts';

export { type AnyConfig, isRecommendation } from './tasks.ts';

/**
 * The config of a file of any task, with overrides put in and every default filled in. Which strict schema it must follow, its key `task`
 * says; without one it is that of ranking.
 * @throws as `readConfig`, and for an unknown task
 */
export async function readAnyConfig(file: string, overrides: readonly string[] = []): Promise<AnyConfig> {
  const { layer, origin } = await (await openConfig(file)).read(overrides.map(parseOverride));
  return decodeAnyConfig(layer, file, origin);
}

/** @param origin which file to name behind a fault @throws UsageError that names all faults */
export const decodeAnyConfig = (input: unknown, source: string, origin?: Origin): AnyConfig =>
  decodeFile(input, source, origin ? { origin } : {}).run;
