import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readDocuments } from '../../../src/data/documents/read-documents.ts';
import { readUltraDocuments } from '../../../src/data/documents/read-ultra-documents.ts';
import { openDuckDB, sqlText } from '../../../src/data/duckdb.ts';
import { interactionReaders } from '../../../src/data/interactions/interaction-readers.ts';
import { readNamedClickLog } from '../../../src/data/named-logs/read-named-click-log.ts';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { readClickLog } from '../../../src/data/read-click-log.ts';
import { readCsv } from '../../../src/data/read-csv.ts';
import { readSearchSessions } from '../../../src/data/read-search-sessions.ts';
import { readSvmlight } from '../../../src/data/read-svmlight.ts';
import type { Qrels } from '../../../src/data/trec/qrels.ts';
import { readQrels } from '../../../src/data/trec/read-qrels.ts';
import { readRun } from '../../../src/data/trec/read-run.ts';
import type { TrecRun } from '../../../src/data/trec/trec-run.ts';
import { writeParquet } from '../../../src/data/write-parquet.ts';
import { qref, ssFsd, tiangongSt, topicQrels, trecSession } from './session-logs/small-logs.ts';

type Content = string | Uint8Array;

/** A reader, and a small file that it reads. */
export interface ReaderExample {
  readonly name: string;
  /** Beside others that it needs. */
  readonly file: string;
  readonly content: Content;
  readonly others?: Readonly<Record<string, Content>>;
  /** @param file in its folder */
  readonly read: (file: string, folder: string) => Promise<unknown>;
  /** How many records of each unit a file of this form has, by a count of its own. */
  readonly count?: (text: string) => Readonly<Record<string, number>>;
}

const linesOf = (text: string) => text.split(/\r?\n/).filter((line) => line.trim() !== '');
const lines =
  (unit: string, header = 0) =>
  (text: string) => ({ [unit]: linesOf(text).length - header });
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length;
const ofXml = (text: string) => ({
  'search sessions': matches(text, /<session\s/g),
  queries: matches(text, /<interaction\s/g),
  results: matches(text, /<result\s/g),
  clicks: matches(text, /<click\s/g),
});

export const smallSet: QuerySet = {
  queryIds: ['café', 'q2'],
  docIds: ['1', '2', 'é'],
  offsets: Uint32Array.of(0, 2, 3),
  features: Float32Array.of(1, 2, 3),
  featureCount: 1,
  labels: Float32Array.of(0, 1, 2),
};

const svmlight = (file: string) => readSvmlight(file, { cache: false });
const beside = (ending: string, content: string, unit: string): ReaderExample => ({
  name: `SVMlight's ${ending}`,
  file: `set.txt${ending}`,
  content,
  others: { 'set.txt': unit === 'group sizes' ? '1 1:2\n0 1:3\n' : '1 qid:a 1:2\n0 qid:a 1:3\n' },
  read: (_file, folder) => svmlight(join(folder, 'set.txt')),
  count: (text) => ({ [unit]: matches(text, /\S+/g) }),
});
const clicks = (file: string, content: string): ReaderExample => ({
  name: `click log ${file}`,
  file,
  content,
  read: (path) => readClickLog(path, smallSet),
  count: lines('rows', file.endsWith('.csv') ? 1 : 0),
});
const namedClicks = (format: 'yandex-relpred' | 'yandex-personalized', content: string): ReaderExample => ({
  name: `click log ${format}`,
  file: 'clicks.tsv',
  content,
  read: (path) => readNamedClickLog(path, { format }),
  count: (text) => ({ sessions: matches(text, /\t[QT]\t/g), clicks: matches(text, /\tC\t/g) }),
});
const interactions = (
  name: keyof typeof interactionReaders,
  file: string,
  content: Content,
  others = {},
  count: ReaderExample['count'] = ofColumns,
): ReaderExample => ({
  name: `${name} ${file}`,
  file,
  content,
  others,
  read: (path, folder) => interactionReaders[name].read(name === 'csv' || name === 'parquet' ? path : folder),
  count,
});
const sessions = (file: string, content: string, count: NonNullable<ReaderExample['count']>): ReaderExample => ({
  name: `session log ${file}`,
  file,
  content,
  read: (path) => readSearchSessions(path),
  count,
});
const ofColumns = (text: string) => ({ ...lines('rows', 1)(text), columns: (linesOf(text)[0] ?? '').split(',').length });
const cells = (unit: string, pattern: RegExp) => (text: string) => ({ [unit]: matches(text, pattern) });
const yahoo = 'ydata-ymusic-rating-study-v1_0';
const bandit =
  ',timestamp,item_id,position,click,propensity_score,user_feature_0,user_feature_1\n0,2019-11-24 00:00:03.800821+00:00,7,3,0,0.5,é,b\n';
const matrices = { 'train.ascii': '0 3\n5 0\n', 'test.ascii': '1 0\n0 2\n' };
const watches = 'user_id,video_id,play_duration,watch_ratio\nü,7,1,2.5\n9,7,1,0.5\n';
const shows = 'user_id,video_id,date,time_ms,is_click,long_view\nü,7,1,1000,1,0\n9,7,1,2000,0,0\n';

/** With its topics by name, which can be compared. */
async function spelt(read: Promise<Qrels | TrecRun>) {
  const { ids, ...rest } = await read;
  return { ...rest, topics: Array.from(rest.topics, (topic) => ids.topics.text(topic)) };
}

/** Readers of text. */
const documents = (file: string, content: Content): ReaderExample => ({
  name: `documents ${file}`,
  file,
  content,
  read: (path) => readDocuments(path),
});
const logged = (...names: string[]) => ({ fields: { _ltrlog: [{ log_entry1: names.map((name) => ({ name, value: 1.5 })) }] } });
const featureLogs = {
  elastic: `${JSON.stringify({
    query: 'café',
    hits: {
      hits: [
        { _id: 'a', ...logged('title', 'body') },
        { _id: 'é', ...logged('title') },
      ],
    },
  })}\n`,
  solr: `${JSON.stringify({ query: 'q2', response: { docs: [{ id: 'a', '[features]': 'title=1.5,body=2' }] } })}\n`,
};
const ultraFiles = {
  'train.init_list': 'café 0 1\nq2 2\n',
  'train.labels': 'café 1 0\nq2 2\n',
  'train.feature': 'd0 0:0.5\nd1 1:1\nd2 0:2 1:-3\n',
};
const ultra = (name: keyof typeof ultraFiles): ReaderExample => ({
  name: `documents of ULTRA, ${name}`,
  file: `train/${name}`,
  content: ultraFiles[name],
  others: {
    'settings.json': '{"feature_size": 3, "max_label": 4}',
    ...Object.fromEntries(Object.entries(ultraFiles).map(([file, text]) => [`train/${file}`, text])),
  },
  read: (_file, folder) => readUltraDocuments(folder, 'train'),
});
/** Documents with their features, in all forms of text. */
export const documentReaders: readonly ReaderExample[] = [
  documents('table.csv', 'query,doc,x,label,y\ncafé,a,1,2,0.5\n"café","é",0,0,4\nq2,a,1e1,1,-5\n'),
  documents('table.tsv', 'query\tdoc\tx\ty\ncafé\ta\t1\t2\nq2\té\t0\t3\n'),
  documents('elastic.jsonl', featureLogs.elastic),
  documents('solr.jsonl', featureLogs.solr),
  ...(Object.keys(ultraFiles) as (keyof typeof ultraFiles)[]).map(ultra),
];

/** The same as Parquet, of a column of lists and of numbers. */
export async function documentTables(folder: string): Promise<ReaderExample[]> {
  const { connection, close } = await openDuckDB();
  const made: ReaderExample[] = [];
  for (const [file, columns] of [['lists.parquet', '[x, 2.5] AS features']] as const) {
    const path = join(folder, `made-${file}`);
    await connection.run(
      `COPY (SELECT query, doc, ${columns} FROM (VALUES ('café', 'a', 1), ('q2', 'é', -3)) t(query, doc, x)) TO ${sqlText(path)} (FORMAT parquet)`,
    );
    made.push(documents(file, readFileSync(path)));
  }
  close();
  return made;
}

export const textReaders: readonly ReaderExample[] = [
  {
    name: 'SVMlight',
    file: 'set.txt',
    content: '2 qid:café 1:0.5 3:-1e2 # docid = D1\n0 qid:café 3:7\n# é\n1 qid:b 1:1 2:2\n',
    read: svmlight,
    count: (text) => ({
      ...lines('documents')(text),
      'feature values': matches(text.replaceAll(/#.*/g, ''), /(?<!\S)\d+:/g),
    }),
  },
  beside('.query', '2\n', 'group sizes'),
  beside('.group', '1 1\n', 'group sizes'),
  beside('.weight', '0.5\n2\n', 'weights'),
  beside('.position', '1\n2\n', 'positions'),
  clicks('log.csv', 'query,docs,clicks,count\ncafé,1 2,0 1,3\n"q2",é,1,1\n'),
  clicks('log.jsonl', '{"query":"café","docs":["1","2"],"clicks":[0,1],"count":3}\n{"query":"q2","docs":["é"],"clicks":[1]}\n'),
  namedClicks('yandex-relpred', '1\t0\tQ\té\t5\t7\t8\n1\t2\tC\t8\n1\t3\tC\t8\n2\t0\tQ\té\t5\tü\n'),
  namedClicks('yandex-personalized', '1\tM\t3\t4\n1\t0\tQ\t0\té\t5\t7,1\t8,1\n1\t2\tC\t0\t8\n1\t9\tT\t1\té\t5\t7,1\n'),
  interactions('csv', 'log.csv', 'user,item,click,rating\nü,i,1,4\nv,"i",0,5\n'),
  interactions('movielens-100k', 'u.data', '7\t3\t4\t881250949\né\t1\t1\t2\n', {}, lines('rows')),
  interactions('movielens-1m', 'ratings.dat', '1::é::5::978300760\n2::3::4::5\n', {}, lines('rows')),
  interactions('coat', 'train.ascii', matrices['train.ascii'], matrices, cells('ratings', /(?<!\S)[1-5](?!\S)/g)),
  interactions('coat', 'propensities.ascii', '.1 .2\n.3 .4\n', matrices, cells('propensities', /\S+/g)),
  interactions('coat', 'user_item_features/user_features.ascii', '1 0\n0 1\n', matrices, lines('rows')),
  interactions('yahoo-r3', `${yahoo}-train.txt`, '1\té\t5\n2\t1\t4\n', { [`${yahoo}-test.txt`]: '1\t2\t3\n' }, lines('rows')),
  interactions('kuairec', 'big_matrix.csv', watches, { 'small_matrix.csv': watches }),
  interactions('kuairand', 'log_standard_1.csv', shows, { 'log_random_1.csv': shows }),
  interactions('open-bandit', 'bts-men.csv', bandit, { 'random-men.csv': bandit }),
  {
    name: 'qrels',
    file: 'qrels.txt',
    content: '1 0 é 1\n1 0 b 0\n2 0 a 2\n',
    read: (path) => spelt(readQrels(path)),
    count: lines('lines'),
  },
  {
    name: 'qrels by subtopic',
    file: 'qrels.txt',
    content: '1 é a 1\n1 2 a 0\n2 1 a 2\n',
    read: (path) => spelt(readQrels(path, undefined, { subtopics: true })),
    count: lines('lines'),
  },
  {
    name: 'run',
    file: 'run.txt',
    content: '1 Q0 é 1 2.5 tag\n1 Q0 b 2 1e-1 tag\n',
    read: (path) => spelt(readRun(path)),
    count: lines('lines'),
  },
  sessions(
    'log.jsonl',
    '{"id":"s","queries":[{"text":"café","results":[{"id":"d","clicked":true,"grade":2}]}]}\n',
    lines('search sessions'),
  ),
  sessions('ss-fsd.json', ssFsd().replace('jazz', 'café'), (text) => ({
    'search sessions': matches(text, /"session_id"/g),
    queries: matches(text, /"query_id"/g),
    results: matches(text, /"rank"/g),
    fields: matches(text, /":/g),
  })),
  sessions('qref.json', qref(), (text) => ({
    'search sessions': matches(text, /"session_id"/g),
    queries: matches(text, /"query_id"/g),
    clicks: matches(text, /"id"/g),
  })),
  sessions('st.xml', tiangongSt.replace('q6', 'é'), ofXml),
  sessions('trec.xml', trecSession.replace('elvis', 'é'), ofXml),
  ...['qrels', 'topicMap'].map(
    (what): ReaderExample => ({
      name: `session log's ${what}`,
      file: `${what}.txt`,
      content: what === 'qrels' ? topicQrels : '1 4 é\n2 5 b\n',
      others: { 'trec.xml': trecSession, 'topics.txt': topicQrels },
      read: (path, folder) =>
        readSearchSessions(
          join(folder, 'trec.xml'),
          what === 'qrels' ? { qrels: path } : { qrels: join(folder, 'topics.txt'), topicMap: path },
        ),
      count: lines('lines'),
    }),
  ),
  {
    name: 'CSV',
    file: 'table.csv',
    content: 'a,b\n1,é\n"2","x ""y"""\n',
    async read(path) {
      const rows = [];
      for await (const row of readCsv(path, ['b', 'a'])) rows.push(row);
      return rows;
    },
  },
];

/** Readers of Parquet, whose files are made by DuckDB. */
export async function parquetReaders(folder: string): Promise<ReaderExample[]> {
  const log = join(folder, 'made-log.parquet');
  const column = (name: string, type: 'text' | 'texts' | 'bytes') => ({ name, type });
  const columns = [column('query', 'text'), column('docs', 'texts'), column('clicks', 'bytes')];
  await writeParquet(log, columns, [['café', ['1', '2'], Uint8Array.of(0, 1)]]);
  const pairs = join(folder, 'made-pairs.parquet');
  const rows = ['café', 'v'].map((user) => [user, 'i']);
  await writeParquet(pairs, [column('user', 'text'), column('item', 'text')], rows);
  return [
    {
      name: 'click log log.parquet',
      file: 'log.parquet',
      content: readFileSync(log),
      read: (path) => readClickLog(path, smallSet),
      count: () => ({ rows: 1 }),
    },
    interactions('parquet', 'log.parquet', readFileSync(pairs), {}, () => ({ rows: 2, columns: 2 })),
  ];
}

/** Writes the example's files into a folder. @returns the path of its own */
export function putExample(folder: string, { file, others = {} }: ReaderExample, content: Content): string {
  for (const [name, bytes] of [...Object.entries(others), [file, content] as const]) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return join(folder, file);
}
