import { UsageError } from '../../src/errors.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { decodeStudy, openStudy, type ReadStudy } from '../catalogue/read-study.ts';
import { parseOverride } from '../config/overrides.ts';
import { combinations, sweepSpace } from './dimensions.ts';

/** A config, and what it has that others beside it have not. */
export interface ConfigVariant extends ReadStudy {
  readonly varied: readonly string[]; // overrides as typed: world.power=3
}

const most = 1000;

/**
 * The config of every combination of the values that are typed, in a sweep's grammar; a single one where no key has several.
 * Of the file's own sweep section nothing is taken.
 * @throws UsageError for broken words and configs, several values of `seed`, over which commands average, and above 1,000 combinations
 */
export async function configVariants(file: string, words: readonly string[], plugins: readonly string[]): Promise<ConfigVariant[]> {
  const source = await openStudy(file, plugins);
  const space = sweepSpace({ grid: {}, zip: [], skip: [] }, { overrides: words, zip: [] });
  const axes = space.groups.flat();
  if (axes.some(({ key }) => key === 'seed' || key === 'seeds'))
    throw new UsageError('seeds are averaged over: give them as seeds=10 (1 to 10) or seeds=[1,2,5]');
  const total = axes.reduce((product, { overrides }) => product * overrides.length, 1);
  if (total > most) throw new UsageError(`${total} combinations of values are more than ${most}; give fewer`);
  const varies = new Set<unknown>(axes.filter(({ overrides }) => overrides.length > 1));
  const variants: ConfigVariant[] = [];
  for (const overrides of combinations(space)) {
    const { layer, origin, kinds } = await source.read(overrides.map(parseOverride));
    const { sweep: _sweep, launcher: _launcher, ...own } = layer;
    const catalogue = kinds as Catalogue;
    const varied = overrides.filter((_, i) => varies.has(space.slots[i]));
    variants.push({ varied, catalogue, ...decodeStudy(own, file, { catalogue, origin }) });
  }
  return variants;
}
