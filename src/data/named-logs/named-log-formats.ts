import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { DataError, UsageError } from '../../errors.ts';
import { arrowColumns } from '../arrow/read-arrow.ts';
import { startOfText } from '../byte-source.ts';
import { byImport, clickLogEndings } from '../click-log-format.ts';
import { filesWithin } from '../files-within.ts';
import { endingOf, sourceEndings } from '../log-store/log-source.ts';
import { isLogStore } from '../log-store/store-info.ts';
import { isPipeOrDevice } from '../open-bytes.ts';
import { parquetColumns } from '../read-parquet.ts';
import { baiduUltr } from './baidu-ultr.ts';
import { baiduUltrUva, isBaiduUltrUva } from './baidu-ultr-uva.ts';
import type { NamedLogFormat } from './named-log-format.ts';
import { isOpenBanditHeader, openBanditClicks } from './open-bandit-clicks.ts';
import { isUbiLine, opensearchUbi } from './opensearch-ubi.ts';
import { recordLog } from './record-logs.ts';
import { storedLog } from './stored-log.ts';
import { tiangongStClicks } from './tiangong-st-clicks.ts';
import { ultraClicks } from './ultra-clicks.ts';
import { yandexPersonalized } from './yandex-personalized.ts';
import { yandexRelpred } from './yandex-relpred.ts';

/** One entry per form of click log that is read without a query set. */
export const namedLogFormats = {
  'yandex-relpred': yandexRelpred,
  'yandex-personalized': yandexPersonalized,
  'tiangong-st': tiangongStClicks,
  'baidu-ultr': baiduUltr,
  'baidu-ultr-uva': baiduUltrUva,
  'opensearch-ubi': opensearchUbi,
  'open-bandit': openBanditClicks,
  ultra: ultraClicks,
  csv: recordLog('csv', 'CSV with the columns query, docs, clicks and perhaps count'),
  'json-lines': recordLog('json-lines', 'JSON Lines: {"query": "q1", "docs": ["3", "1"], "clicks": [0, 1], "count": 12}'),
  parquet: recordLog('parquet', 'Parquet with the columns query, docs (a list), clicks (a list) and perhaps count'),
  store: storedLog,
  svmlight: recordLog('svmlight', 'SVMlight with a .position file beside it: each query a session, labels above 0 its clicks'),
} satisfies Record<string, NamedLogFormat>;
/** The name of a form of click logs that come without a query set. */
export type NamedLogFormatName = keyof typeof namedLogFormats;

/**
 * The form of a log: that of its start where only one has such, else that of its ending.
 * @throws DataError where neither tells, or the file is empty; UsageError for a pipe, which can be read but once
 */
export async function detectNamedLogFormat(path: string): Promise<NamedLogFormatName> {
  const known = Object.keys(namedLogFormats).join(', ');
  const ending = extname(path.replace(/\.gz$/, ''));
  if (await isLogStore(path)) return 'store';
  const ofFolder = await folderFormat(path);
  if (ofFolder !== null) return ofFolder;
  const names = await columnsIn(path, ending);
  if (names !== null && isBaiduUltrUva(names)) return 'baidu-ultr-uva';
  if (ending === '.parquet') return 'parquet';
  if (await isPipeOrDevice(path)) throw new UsageError(`"${path}" is a pipe, whose form is not known from its start; name it: ${known}`);
  const start = (await startOfText(path, 1 << 16)).trimStart();
  if (start === '') throw new DataError('empty; expected a click log', { file: path });
  const [line] = start.split('\n', 1);
  if (/^[^\t]+\tM\t/.test(line)) return 'yandex-personalized';
  if (/^[^\t]+\t\d+\t[QC]\t/.test(line)) return 'yandex-relpred';
  if (/^[^\t\n]*\t[^\t\n]*\t[^\t\n]*\n1(\t[^\t\n]*){31}\n/.test(start)) return 'baidu-ultr';
  if (/<query_id\b|<docid\b|<session\b/.test(start) && start.startsWith('<')) return 'tiangong-st';
  if (isOpenBanditHeader(line)) return 'open-bandit';
  if (isUbiLine(line)) return 'opensearch-ubi';
  if (Object.hasOwn(clickLogEndings, ending)) return clickLogEndings[ending as keyof typeof clickLogEndings];
  throw new DataError(
    `no known form of click log: ${known}; name the form (--log-format, log.format)${Object.hasOwn(sourceEndings, endingOf(path)) ? `; ${byImport}` : ''}`,
    { file: path },
  );
}

/** The form that a folder of files is one log of; null where there is none, or no folder. */
export async function folderFormat(path: string): Promise<NamedLogFormatName | null> {
  if ((await stat(path).catch(() => null))?.isDirectory() !== true) return null;
  const names = (await filesWithin(path)).map((file) => file.slice(path.length).replace(/^[/\\]+/, ''));
  const formats = Object.entries<NamedLogFormat>(namedLogFormats);
  return (formats.find(([, { isFolder }]) => isFolder?.(names) === true)?.[0] as NamedLogFormatName | undefined) ?? null;
}

const arrowEndings = Object.entries(sourceEndings).flatMap(([ending, form]) => (form === 'arrow' ? [ending] : []));

/** Names of the columns of a file that has a schema; null for others. */
async function columnsIn(path: string, ending: string): Promise<readonly string[] | null> {
  if (ending === '.parquet') return parquetColumns(path);
  return arrowEndings.includes(ending) ? (await arrowColumns(path)).map(({ name }) => name) : null;
}
