import { UsageError } from '../../src/errors.ts';
import { openCatalogue } from '../catalogue/open-catalogue.ts';
import type { StudyConfig } from '../config/config-kind.ts';

/** Real data have a few queries twice; a part that was given in place of another has all. */
const tolerated = 0.01;

/**
 * Reads the data of the configs, each once. @returns sizes of their parts, in words; of none where data are made
 * @throws UsageError where more than a hundredth of a part's queries are those of another, as when a data set without a validation part was given its test part twice
 */
export async function checkHeldApart(configs: readonly StudyConfig[]): Promise<string[]> {
  const sizes = new Map<string, string>(); // by what configs say of their data
  for (const config of configs) {
    const data = (await openCatalogue(config.plugins ?? [])).taskOf(config, 'benchmark').data?.(config);
    const said = JSON.stringify((config as { readonly data?: unknown }).data);
    if (!data?.parts || sizes.has(said)) continue;
    const parts = await data.parts();
    const fault = parts.shared.find(({ common, all }) => common > tolerated * all);
    if (fault !== undefined) throw new UsageError(`"${data.place}": ${fault.words}; hold queries apart`);
    sizes.set(said, parts.sizes);
  }
  return [...sizes.values()];
}
