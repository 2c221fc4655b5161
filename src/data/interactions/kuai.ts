import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError, UsageError } from '../../errors.ts';
import type { Ledger, Read } from '../accounting.ts';
import { isSystemError, systemReason } from '../system-error.ts';
import { findFile, isThere } from './find-file.ts';
import { InteractionBuilder, InteractionIds, type InteractionRecord } from './interaction-builder.ts';
import type { InteractionData } from './interaction-log.ts';
import { type NamedCells, namedCells } from './named-cells.ts';

/** Rows of several files of one form, in the order of their names. @throws DataError where two begin with one row: its copy counts twice */
async function readFiles(
  files: readonly string[],
  columns: readonly string[],
  record: (cells: NamedCells, ledger: Ledger) => InteractionRecord,
  tables: { users: InteractionIds; items: InteractionIds },
): Promise<InteractionBuilder> {
  const builder = new InteractionBuilder({ file: files.join(' + '), repeated: true, ...tables });
  const firstRows = new Map<string, string>();
  for (const file of files) {
    const ledger = builder.ledgerOf(file);
    let first = true;
    for await (const cells of namedCells(file, { required: columns }, ledger)) {
      if (first) checkNoCopy(columns.map(cells.text).join(), file, cells.line, firstRows);
      first = false;
      builder.add(record(cells, ledger), cells.line, file);
    }
  }
  return builder;
}

function checkNoCopy(row: string, file: string, line: number, firstRows: Map<string, string>): void {
  const before = firstRows.get(row);
  if (before !== undefined)
    throw new DataError(`begins with the same row as ${before}, so their rows would count twice; move the copy out of the folder`, {
      file,
      line,
    });
  firstRows.set(row, file);
}

const dataOf = (log: InteractionBuilder, test: InteractionBuilder): Read<InteractionData> => ({
  ...{ log: log.build(), uniformTest: test.build(), userFeatures: null, itemFeatures: null },
  accounting: [...log.accounting(), ...test.accounting()],
});

/**
 * KuaiRec: `big_matrix.csv` is what users watched of what a recommender showed; `small_matrix.csv` has nearly every pair of its users and
 * videos, so it is the unbiased part. A click is a watch ratio above 2, as its authors advise. The ratio is no rating: it has no upper end
 * that could be the scale's. Gao et al., CIKM 2022.
 */
export const kuairec = {
  description: 'KuaiRec: a folder with big_matrix.csv (log) and small_matrix.csv (fully observed test part)',
  async read(folder: string): Promise<Read<InteractionData>> {
    const tables = { users: new InteractionIds(), items: new InteractionIds() };
    const record = ({ text, number }: NamedCells): InteractionRecord => {
      const ratio = number('watch_ratio');
      return { user: text('user_id'), item: text('video_id'), click: Number(ratio > 2) };
    };
    const columns = ['user_id', 'video_id', 'watch_ratio'];
    const log = await readFiles([await findFile(folder, 'big_matrix.csv')], columns, record, tables);
    const test = await readFiles([await findFile(folder, 'small_matrix.csv')], columns, record, tables);
    return dataOf(log, test);
  },
};

/**
 * KuaiRand: every `log_standard*.csv` is what the recommender showed; `log_random*.csv` are the impressions in which a video drawn at random
 * took the place of a recommended one. Conversions are long views of clicked videos; those without a click are left out, and counted. Gao et al., CIKM 2022.
 */
export const kuairand = {
  description: 'KuaiRand: a folder with log_standard*.csv and log_random*.csv (impressions of random videos as the test part)',
  async read(path: string): Promise<Read<InteractionData>> {
    const namesIn = (place: string) =>
      readdir(place).catch((error: unknown) => {
        throw isSystemError(error) ? new UsageError(`cannot read "${place}": ${systemReason(error)}`) : error;
      });
    const within = join(path, 'data');
    const folder = !(await namesIn(path)).some((name) => name.startsWith('log_')) && (await isThere(within)) ? within : path;
    const names = await namesIn(folder);
    const filesOf = (kind: string) => {
      const found = names.filter((name) => name.startsWith(`log_${kind}`) && /\.csv(\.gz)?$/.test(name)).sort();
      if (found.length === 0) throw new UsageError(`no log_${kind}*.csv in "${folder}"; unpack the data set's files there`);
      const plain = new Set(found.map((name) => name.replace(/\.gz$/, '')));
      return Promise.all(Array.from(plain, (name) => findFile(folder, name)));
    };
    const tables = { users: new InteractionIds(), items: new InteractionIds() };
    const record = ({ text, number }: NamedCells, ledger: Ledger): InteractionRecord => {
      const [click, longView] = [number('is_click', '0 or 1'), number('long_view', '0 or 1')];
      if (longView === 1 && click === 1) ledger.keep('long views');
      if (longView === 1 && click !== 1) ledger.reject('long views', 'without a click');
      return {
        user: text('user_id'),
        item: text('video_id'),
        click,
        conversion: click === 1 ? longView : 0,
        timestamp: number('time_ms') / 1000,
      };
    };
    const columns = ['user_id', 'video_id', 'time_ms', 'is_click', 'long_view'];
    const log = await readFiles(await filesOf('standard'), columns, record, tables);
    const test = await readFiles(await filesOf('random'), columns, record, tables);
    return dataOf(log, test);
  },
};
