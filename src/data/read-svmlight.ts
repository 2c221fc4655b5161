import { stat } from 'node:fs/promises';
import { UsageError } from '../errors.ts';
import { type GainRule, labelFault } from '../label-gains.ts';
import { type Accounting, allKept, type Read } from './accounting.ts';
import { readGroupSizes } from './group-sizes.ts';
import { lineBlocks } from './line-blocks.ts';
import { checkMissing, type MissingRule } from './missing-values.ts';
import type { QuerySet } from './query-set.ts';
import { cacheKey, loadCache, saveCache } from './query-set-cache.ts';
import { reading } from './reading.ts';
import { checkSideNames, findSideFile, withSideFiles } from './side-files.ts';
import { type LineForm, SvmlightScanner } from './svmlight-scanner.ts';
import { widenFeatures } from './widen-features.ts';

export interface SvmlightOptions extends LineForm {
  /** F: a higher index in the file is an error, missing ones are 0. By default the highest index in the file. */
  readonly featureCount?: number | undefined;
  /** Keep a binary copy in the cache folder and read that while the file is the same; see `cacheFolder`. Default true. */
  readonly cache?: boolean | undefined;
  /** How labels become gains; a label that has none is a fault. Default: exponential. */
  readonly gains?: GainRule | undefined;
  /** What becomes of a value `nan`, `na` or `null`: `keep` reads it as NaN. Default: refuse, as only trees learn from such. */
  readonly missing?: MissingRule | undefined;
}

/**
 * Reads a query set in SVMlight / LETOR form, plain or gzip, `label qid:ID index:value … # docid = ID`, one document a line.
 * - Lines end with "\n" or "\r\n"; a "\r" elsewhere is a fault, as what follows it would be lost.
 * - Indexes start at 1 (or at 0, by `firstIndex`), in any order; where one repeats, the last value counts (as TensorFlow Ranking has it). Those that are not there are 0,
 *   as LightGBM has it, and not missing, as XGBoost has it; a missing value is `nan`, `na` or `null`, in any case (see `missing`).
 * - Labels are any numbers up to 400, as a label y has the gain 2^y − 1, or what other `gains` take; below 0 means unjudged. They and
 *   values are stored as the nearest 32-bit float; what this would change to 0, and a label that it changes from whole, is a fault.
 *   Istella's mark for what is missing, 1.79769313486232e+308, as the largest (scale such data with log-standardise); others beyond are
 *   faults.
 * - Features are kept dense: more than 8 GiB of them, or than half of the memory, are refused.
 * - Without any qid, `<file>.query` or `<file>.group` (.gz left off) must hold the group sizes; queries are then named 1, 2, …
 *   Beside lines with a qid they must be the sizes of those queries.
 * - `<file>.weight` and `<file>.position` beside it, as LightGBM has them, become `weights` and `positions`. A name near one of
 *   these four, such as `<file>.weights`, is a fault: nothing beside the data is ignored in silence.
 * - The lines of a query stand together: one id in two places is more often two files joined than one query, and never merged in silence.
 *   With `queries: 'anywhere'` they are put together, in the order of the file, and the account tells how many stretches there were; then nothing may lie beside the file.
 * - "#" begins a comment wherever it stands, but a query id that it would cut is a fault.
 * - A docid may also be spelt doc_id, doc-id or docno, in any case; other spellings, such as doc or document, are faults. It ends at a blank,
 *   and has no quotation marks around it and no comma or semicolon behind. A document without one is named by its 1-based place in the query.
 * - Blank lines and lines of comment only are skipped.
 * @throws DataError with file, line and column for whatever breaks these rules, and for missing values unless they are kept; UsageError when there is no such file, or one beside it is nearly named
 */
export async function readSvmlight(path: string, options: SvmlightOptions = {}): Promise<Read<QuerySet>> {
  const { featureCount, cache = true, gains = 'exponential', firstIndex = 1, queries = 'together', missing = 'refuse' } = options;
  if (featureCount !== undefined && !(Number.isSafeInteger(featureCount) && featureCount >= 1))
    throw new UsageError(`featureCount must be a whole number of at least 1, got ${featureCount}`);
  return reading(path, async () => {
    await checkSideNames(path);
    if (queries === 'anywhere') await checkNothingBeside(path);
    const form = { firstIndex, queries };
    const set = await readDocuments(path, featureCount ?? null, cache, labelFault(gains), form);
    checkMissing(set, path, missing);
    return withSideFiles(path, widenFeatures(set, featureCount ?? set.featureCount));
  });
}

/** Lines that move would leave what lies beside the file behind. */
async function checkNothingBeside(path: string): Promise<void> {
  const beside = await findSideFile(path, ['.query', '.group', '.weight', '.position']);
  if (beside !== null)
    throw new UsageError(
      `"${beside}" is for lines in the order of the file, but queries may stand anywhere in it; sort the file by qid instead`,
    );
}

/** The documents of the file itself, from the cache where that is fresh. */
async function readDocuments(
  path: string,
  featureCount: number | null,
  cache: boolean,
  faultOf: (label: number) => string | null,
  form: Required<LineForm>,
): Promise<Read<QuerySet>> {
  const groupFile = await findSideFile(path, ['.query', '.group']);
  const usual = form.firstIndex === 1 && form.queries === 'together';
  const key = `${await cacheKey(groupFile === null ? [path] : [path, groupFile])}${usual ? '' : `|${form.firstIndex} ${form.queries}`}`;
  const cached = cache ? await loadCache(path, key) : null;
  const fits = cached !== null && cached.featureCount <= (featureCount ?? Infinity);
  if (fits && cached.labels.every((label) => faultOf(label) === null)) return cached; // else reading the file says where
  const groups = groupFile === null ? null : await readGroupSizes(groupFile, await documentsAtMost(path));
  const scanner = new SvmlightScanner(path, groups, featureCount, faultOf, form);
  for await (const block of lineBlocks(path)) scanner.scan(block);
  const set = withAccounts(scanner.finish(), groups === null ? [] : [allKept(groups.file, 'group sizes', groups.sizes.length)]);
  if (cache) await saveCache(path, key, set);
  return set;
}

const withAccounts = (set: Read<QuerySet>, more: readonly Accounting[]): Read<QuerySet> => ({
  ...set,
  accounting: [...set.accounting, ...more],
});

/** A line takes two bytes at least, and gzip packs a thousand into one. */
async function documentsAtMost(path: string): Promise<number> {
  const found = await stat(path);
  return found.isFile() ? 600 * found.size : Infinity;
}
