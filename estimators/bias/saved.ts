import { readFileSync, statSync } from 'node:fs';
import { biasSources } from '../../src/bias-source.ts';
import { isSystemError, systemReason } from '../../src/data/system-error.ts';
import { DataError, UsageError } from '../../src/errors.ts';
import {
  array,
  boolean,
  type Decoded,
  literal,
  maxValue,
  nullable,
  optional,
  picklist,
  pipe,
  positive,
  real,
  type Schema,
  safeParse,
  strictObject,
  string,
} from '../../src/schema.ts';
import { firstFault } from '../../src/schema-faults.ts';
import {
  type BiasEstimatorEntry,
  type BiasKind,
  byRank,
  type EstimateBias,
  type EstimatedBias,
  type RankIntervals,
} from './bias-estimator.ts';
import { biasFileFault, type Ends, type StoredBias } from './bias-file-fault.ts';
import { meansOver } from './estimated-bias.ts';

const format = 'counterrank bias';
const version = 1;

const numbers = array(positive());
const ends = strictObject({ lower: array(real(-1, 1)), upper: array(real(-1, 1)) });
const schema = strictObject({
  format: literal(format),
  version: literal(version),
  source: picklist(Object.keys(biasSources) as (keyof typeof biasSources)[]),
  examination: nullable(numbers),
  level: optional(nullable(pipe(positive(), maxValue(1))), null), // θ_1; null in files of before: the largest is 1
  meanOver: optional(nullable(picklist(meansOver)), null),
  intervals: nullable(strictObject({ lower: array(real(0)), upper: numbers })),
  affine: nullable(strictObject({ alpha: array(real(-1, 1)), beta: array(real(0, 1)) })),
  affineIntervals: optional(nullable(strictObject({ alpha: ends, beta: ends })), null),
});
/** What {@link saved} reads: the curves by rank. A bias that differs between lists or otherwise is kept as its mean, and the file says over what. */
export function biasToJson({ source, examination, level = 1, meanOver, intervals, affine, affineIntervals }: EstimatedBias): object {
  const plain = (values: Float64Array) => Array.from(values);
  const plainEnds = ({ lower, upper }: RankIntervals) => ({ lower: plain(lower), upper: plain(upper) });
  return {
    format,
    version,
    source,
    examination: examination && plain(examination),
    level: examination && level,
    meanOver: meanOver ?? null,
    intervals: intervals ? plainEnds(intervals) : null,
    affine: affine ? { alpha: plain(affine.alpha), beta: plain(affine.beta) } : null,
    affineIntervals: affineIntervals ? { alpha: plainEnds(affineIntervals.alpha), beta: plainEnds(affineIntervals.beta) } : null,
  };
}

/** @throws UsageError where there is no such file, DataError where it holds something else */
function readBias(file: string): StoredBias {
  let value: unknown;
  try {
    if (!statSync(file).isFile()) throw new UsageError(`"${file}" is no file: name the bias.json of an estimator in a run folder`);
    value = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    if (isSystemError(error)) throw new UsageError(`no bias in "${file}": ${systemReason(error)}`);
    throw error instanceof SyntaxError ? new DataError('not a bias: no JSON', { file }) : error;
  }
  const result = safeParse(schema as unknown as Schema<StoredBias>, value);
  const fault = result.success ? biasFileFault(result.output) : firstFault(result.issues);
  if (!result.success || fault !== null) throw new DataError(`not a bias: ${fault}`, { file });
  return result.output;
}

const options = strictObject({ file: string(), mean: optional(boolean(), false) }); // mean: takes the mean of a bias that differed between lists or otherwise
type Options = Decoded<typeof options>;

/** @throws UsageError for a mean that is not asked for, and as {@link readBias} */
function chosenBias({ file, mean }: Options): StoredBias {
  const stored = readBias(file);
  if (stored.meanOver === null || mean) return stored;
  throw new UsageError(
    `"${file}" holds the mean of a bias that differs between ${stored.meanOver}, and corrects otherwise than that did: estimate it anew, or take the mean (mean: true)`,
  );
}

/**
 * A bias that another run estimated, from the `bias.json` of one of its methods: by rank, so that it serves any log of as many positions. Of a bias that differs between contexts, documents, lists or by the clicks above the file
 * holds the mean alone: that corrects otherwise than the run did, and is taken with `mean: true` only.
 * @throws UsageError for such a mean where it is not asked for, DataError for a file that holds no bias
 */
export const saved = {
  description: 'a bias that another run or estimate-bias saved: {name: saved, file: runs/bias/models/1/all-pairs/bias.json}',
  source: 'given',
  needs: [],
  gives: (chosen: Options): BiasKind => {
    const { examination, affine } = chosenBias(chosen);
    if (affine === null) return 'examination';
    return examination === null ? 'affine' : 'both';
  },
  ranks: (chosen: Options): number => {
    const { examination, affine } = chosenBias(chosen);
    return (examination ?? affine?.alpha ?? []).length;
  },
  options,
  create: (chosen: Options): EstimateBias => {
    const { file } = chosen;
    const { source, examination, level, meanOver, intervals, affine, affineIntervals } = chosenBias(chosen);
    const typed = ({ lower, upper }: Ends): RankIntervals => ({ lower: Float64Array.from(lower), upper: Float64Array.from(upper) });
    const trusted = affine && ({ kind: 'affine', alpha: Float64Array.from(affine.alpha), beta: Float64Array.from(affine.beta) } as const);
    return () => ({
      ...(examination === null
        ? without(file)
        : byRank(inUnit(examination, level), 'given', intervals ? { intervals: typed(intervals) } : {})),
      source,
      ...(meanOver && { meanOver }),
      ...(trusted && { affine: trusted }),
      ...(affineIntervals && { affineIntervals: { alpha: typed(affineIntervals.alpha), beta: typed(affineIntervals.beta) } }),
    });
  },
} as const satisfies BiasEstimatorEntry;

/** Propensities at the level of the first, or where no file says that, relative to the largest where a rank is examined more than the first. */
function inUnit(ratios: readonly number[], level: number | null): Float64Array {
  const first = level ?? 1 / Math.max(1, ...ratios);
  return Float64Array.from(ratios, (ratio) => Math.min(1, ratio * first));
}

const without = (file: string): Pick<EstimatedBias, 'examination' | 'of'> => ({
  examination: null,
  of() {
    throw new UsageError(`"${file}" holds α and β of trust bias and no examination: use a weighting that corrects by them, such as affine`);
  },
});
