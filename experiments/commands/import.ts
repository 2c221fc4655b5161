import { Command, InvalidArgumentError, Option } from 'commander';
import type { TimeBucket } from '../../src/data/log-store/log-columns.ts';
import { timeBuckets } from '../../src/data/log-store/log-columns.ts';
import { wholeNumber } from '../terminal/number-options.ts';
import { importForms } from './import-plan.ts';
import { type RoomOptions, runImport } from './run-import.ts';

/** Options of commands that count files, as typed. */
interface CountedFiles extends RoomOptions {
  readonly out?: string;
  readonly session?: string;
  readonly query?: string;
  readonly document?: string;
  readonly rank?: string;
  readonly click?: string;
  readonly docs?: string;
  readonly clicks?: string;
  readonly count?: string;
  readonly context?: readonly string[];
  readonly policy?: string;
  readonly propensity?: string;
  readonly user?: string;
  readonly time?: string;
  readonly every?: TimeBucket;
  readonly firstRank?: string;
  readonly format?: string;
  readonly separator?: string;
  readonly onError: 'stop' | 'skip';
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
  readonly shard?: string;
}

const oneLetter = (text: string): string => {
  const letter = text === '\\t' || text === 'tab' ? '\t' : text;
  if (letter.length === 1) return letter;
  throw new InvalidArgumentError('It must be one letter, or tab.');
};

/** How much of the machine the counting may take. */
export const addRoomOptions = (command: Command): Command =>
  command
    .option(
      '--memory <size>',
      'of the counting, such as 4GB; what does not fit lies on the disk beside the output meanwhile (default: 1200MB)',
    )
    .option('--threads <n>', 'of the counting (default: all cores)', wholeNumber(1, 1024));

/** What files are counted by. */
export const addCountOptions = (command: Command): Command =>
  addRoomOptions(
    command
      .option('--session <columns>', 'rows of one document: what tells sessions apart, with commas between')
      .option('--query <column>', 'the query')
      .option('--document <column>', 'rows of one document: the document')
      .option('--rank <column>', 'rows of one document: its rank, from 1 or 0')
      .option('--click <column>', 'rows of one document: 1 or true where it was clicked, else 0 or false')
      .option('--docs <column>', 'rows of a whole list: its documents, top first; a list, or words with blanks between')
      .option('--clicks <column>', 'rows of a whole list: a 0 or 1 for each document')
      .option('--count <column>', 'rows of a whole list: how many sessions a row stands for')
      .option('--context <column>', 'what lists were shown in, such as a device; may be repeated', (text, before: string[] = []) => [
        ...before,
        text,
      ])
      .option('--policy <column>', 'which policy logged a session')
      .option(
        '--propensity <column>',
        'by which probability the policy showed the document at its rank, above 0; of whole lists, one for each',
      )
      .option('--user <column>', 'who saw the session: rows are counted by user')
      .option('--time <column>', 'when a session was: rows are counted by --every')
      .addOption(new Option('--every <time>', 'how long sessions are counted together (default: day)').choices([...timeBuckets]))
      .addOption(
        new Option('--first-rank <n>', 'rank of the top document (default: 0 where a file has rank 0, else 1)').choices(['0', '1']),
      )
      .addOption(new Option('--log-format <name>', `of the files: ${importForms.join(', ')} (default: told from each file)`))
      .option('--separator <letter>', 'between the cells of CSV; tab for a tab (default: told from the header)', oneLetter)
      .addOption(
        new Option(
          '--on-error <what>',
          'at a row that breaks the form: stop; or skip, which counts it, and tells it in rejects.csv of the output',
        )
          .choices(['stop', 'skip'])
          .default('stop'),
      )
      .option('--dry-run', 'show what the columns are taken for, and end')
      .option('--json', 'print what was written, or with --dry-run what columns are taken for, as JSON')
      .option('--quiet', 'no plan and no progress'),
  );

export const importCommand = () =>
  addCountOptions(
    new Command('import').argument(
      '<files...>',
      'CSV, TSV, JSON Lines, Parquet, Arrow, plain, .gz or .zst; folders and patterns of them; logs of a known form',
    ),
  )
    .option('--out <dir>', 'folder to write the log into; must not exist')
    .addHelpText('after', helpText)
    .action(countFiles);

const helpText = `
Columns that are not named are guessed by their names; --dry-run shows them. What is written is Parquet, and takes the place of a log in
estimate-bias, diagnose, click-model and in configs (log.path). docs/log-store.md says what it holds.

Examples:
  counterrank import impressions.csv --dry-run
  counterrank import logs/*.csv.gz --session request_id --query q --document sku --rank pos --click clicked --context device --out log
  counterrank import logs/ --session user,search_id --time ts --every day --on-error skip --out log
  counterrank import sessions.jsonl --out log                   {"query": "q1", "docs": ["3", "1"], "clicks": [0, 1], "count": 12}
  counterrank import train.tsv --log-format yandex-relpred --out log
  counterrank diagnose log

On many machines: counterrank count --help.`;

/** The action of commands that count files. */
export async function countFiles(files: readonly string[], typed: CountedFiles & { readonly logFormat?: string }): Promise<void> {
  const {
    session,
    docs,
    context,
    firstRank,
    logFormat,
    query,
    document,
    rank,
    click,
    clicks,
    count,
    policy,
    propensity,
    user,
    time,
    every,
    ...rest
  } = typed;
  const given = {
    ...{ query, document, rank, click, clicks, count, policy, propensity, user, time, every },
    ...{ documents: docs, contexts: context },
    session: session?.split(',').map((name) => name.trim()),
    firstRank: firstRank === undefined ? undefined : (Number(firstRank) as 0 | 1),
  };
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  await runImport(files, { ...rest, named, ...(logFormat !== undefined && { format: logFormat }) });
}
