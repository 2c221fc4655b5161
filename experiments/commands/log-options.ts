import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { readTruth } from '../../simulators/index.ts';
import { decimalOf, fitsFloat32, float32Range } from '../../src/data/decimal.ts';
import { isLogStore } from '../../src/data/log-store/store-info.ts';
import type { MissingChoice } from '../../src/data/scale-features.ts';
import { UsageError } from '../../src/errors.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { decodeStudy } from '../catalogue/read-study.ts';
import type { makeRecord } from '../engine/make-record.ts';
import { type BiasConfig, biasTask, rowsThatFit } from '../tasks/bias/bias-config.ts';

/** A log, and what is given beside it. */
export interface LogOptions {
  readonly features?: string;
  readonly documentColumns?: string; // pairs, checked
  readonly missing?: string; // keep, mean or a number, checked
  readonly randomisedLog?: string;
  readonly randomisedPolicy?: string;
  readonly truth?: string | null; // null: not asked for
  readonly context?: string;
  readonly logFormat?: string;
  readonly skipFaulty?: boolean;
  readonly rowsInMemory?: number | 'all';
}

export const addLogOptions = (command: Command): Command =>
  command
    .argument('<log>', 'who was shown what, and clicked what; or a folder that counterrank import or simulate wrote')
    .option(
      '--data, --features <path>',
      "documents of the log with their features: SVMlight, Parquet, Arrow or CSV, or a folder (ULTRA's; train.txt, of which the log is, vali.txt, test.txt); labels are not looked at",
    )
    .option(
      '--document-columns <pairs>',
      'of such a table, where names do not tell: query=q,document=sku,features=title_vector+age',
      checkedPairs,
    )
    .option(
      '--missing <what>',
      'of features that these lack (nan, an empty cell, NULL): keep, for gradient-boosted-trees, mean, or a number that they are read as (default: keep)',
      checkedMissing,
    )
    .option('--randomised-log <file>', 'sessions of the same queries, shown in random order or with swaps')
    .option('--randomised-policy <name>', 'in place of such a file: the policy of the log whose lists were in random order')
    .option('--context <column>', 'of what lists were shown in, such as a device')
    .option('--log-format <name>', 'of a log without features (default: told from the file)')
    .option(
      '--rows-in-memory <n>',
      `of an imported log: of one with more counted rows, bias is found in the sessions of some queries, drawn at random; or "all" (default: ${rowsThatFit})`,
      rowsOrAll,
    )
    .option('--skip-faulty', 'of a log without features: leave out what breaks the format, and say how much');

function rowsOrAll(text: string): number | 'all' {
  if (text === 'all') return text;
  if (/^\d+$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('It must be a whole number above 0, or "all".');
}

const pairsOf = (text: string): readonly (readonly [key: string, name: string])[] =>
  text.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')).trim(), pair.slice(pair.indexOf('=') + 1).trim()]);

function checkedPairs(text: string): string {
  const keys = pairsOf(text).map(([key]) => key);
  const isRight = pairsOf(text).every(
    ([key, name], i) => ['query', 'document', 'features'].includes(key) && name !== '' && keys.indexOf(key) === i,
  );
  if (isRight) return text;
  throw new InvalidArgumentError(
    'It must be pairs such as query=q,document=sku,features=title_vector+age, each key once; a config has data.columns for other names.',
  );
}

function checkedMissing(text: string): string {
  if (text === 'keep' || text === 'mean' || fitsFloat32(decimalOf(text, 'decimal'))) return text;
  throw new InvalidArgumentError(
    `It must be keep, mean or a number${Number.isNaN(decimalOf(text, 'decimal')) ? '' : ` that a feature can have: ${float32Range}`}.`,
  );
}

/** As a config has it in data.missing. */
const missingOf = (text: string): MissingChoice => (text === 'keep' || text === 'mean' ? text : Number(text));

/** As a config has them in data.columns. */
const documentColumnsOf = (text: string) =>
  Object.fromEntries(pairsOf(text).map(([key, name]) => [key, key === 'features' ? name.split('+') : name]));

/** Decoded configs of a log by estimators of its bias. */
export async function configOf(path: string, options: LogOptions, catalogue: Catalogue) {
  const base = { task: biasTask, name: biasTask, seeds: [1], baseline: null, ...(await sources(path, options)) };
  return (estimators: readonly (string | object)[]) =>
    decodeStudy({ ...base, estimators: [...estimators] }, 'the command line', { catalogue }) as unknown as {
      readonly config: BiasConfig;
      readonly task: Parameters<typeof makeRecord>[0]['task'];
    };
}

/** The sections of a config that say where the log is, and what is given beside it. */
async function sources(
  path: string,
  { features, documentColumns, missing, randomisedLog, randomisedPolicy, truth, context, logFormat, skipFaulty, rowsInMemory }: LogOptions,
): Promise<object> {
  const isFolder = (await stat(path).catch(() => null))?.isDirectory() === true && !(await isLogStore(path));
  const inside = async (name: string) => {
    const file = join(path, name);
    return isFolder && (await stat(file).catch(() => null)) !== null ? file : null;
  };
  const clicks = isFolder ? await inside('clicks-train.jsonl') : path;
  if (clicks === null)
    throw new UsageError(
      `"${path}" is a folder without clicks-train.jsonl, and so not one of counterrank simulate, nor one that counterrank import wrote; counterrank import counts a folder of files into one; name a log`,
    );
  const documents = features ?? (await inside('data'));
  const log = {
    path: clicks,
    randomised: randomisedLog ?? (randomisedPolicy === undefined ? await inside('clicks-randomised.jsonl') : null),
    randomisedPolicy: randomisedPolicy ?? null,
    truth: truth === undefined ? await oneCurve(await inside(join('truth', 'truth.json'))) : truth,
    context: context ?? null,
    format: logFormat ?? null,
    skipFaulty: skipFaulty === true,
    ...(rowsInMemory !== undefined && { rowsInMemory: rowsInMemory === 'all' ? null : rowsInMemory }),
  };
  if (documentColumns !== undefined && documents === null)
    throw new UsageError('--document-columns is of a table of documents with features; name it, or leave this out');
  if (missing !== undefined && documents === null)
    throw new UsageError('--missing is of documents with features; name them (--features), or leave this out');
  return {
    log,
    ...(documents !== null && {
      data: {
        path: documents,
        ...(missing !== undefined && { missing: missingOf(missing) }),
        ...(documentColumns !== undefined && { columns: documentColumnsOf(documentColumns) }),
      },
    }),
  };
}

/** The truth of a folder, where it is one curve for all lists. */
async function oneCurve(path: string | null): Promise<string | null> {
  if (path === null) return null;
  const { examination, clickModel } = await readTruth(path, 'train');
  if (examination.kind === 'examination') return path;
  console.error(`left out the truth: by ${clickModel.name} examination differs from list to list, so the log has no one curve`);
  return null;
}
