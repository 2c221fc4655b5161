import { readFileSync } from 'node:fs';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { counterrank } from './counterrank.ts';

const home = temporaryFolder();
const json = (name: string) => JSON.parse(readFileSync(home.in(name), 'utf8'));
const slow = 120_000;

/** Thirty queries, each in forty orders, as import counts them. */
beforeAll(async () => {
  const world = home.put(
    'world.yaml',
    'data: {synthetic: {trainQueries: 30, validationQueries: 2, testQueries: 30, features: 3}}\nsimulation: {sessions: 3000, validationSessions: 0, temperature: 0.5, listsPerQuery: 40}\nestimators: [naive]\nevaluation: {searchSessions: null}',
  );
  expect((await counterrank('simulate', world, '--out', home.in('world'))).code).toBe(0);
  expect((await counterrank('import', home.in('world/clicks-train.jsonl'), '--out', home.in('log'), '--quiet')).code).toBe(0);
}, slow);

async function learnt(out: string, rowsInMemory: number | null, more: object = {}) {
  const study = {
    ...{ task: 'own-log', name: out, log: { path: home.in('log'), rowsInMemory }, data: { path: home.in('world/data') }, seeds: [1] },
    ...{ training: { steps: 120 }, estimators: ['naive', { bias: 'all-pairs', weighting: 'ips', label: 'corrected' }], ...more },
  };
  return counterrank('run', home.put(`${out}.json`, JSON.stringify(study)), '--out', home.in(out), '--quiet', '-j', '1');
}

test(
  'all sessions of a log larger than memory are learnt from, and the ranker is as good as from all in memory',
  async () => {
    const [large, whole] = [await learnt('large', 900), await learnt('whole', null)];
    expect([large.code, whole.code]).toEqual([0, 0]);
    expect(large.err).toMatch(
      /the log has \d+ rows, and 900 may be in memory \(log\.rowsInMemory\): 8\d\d rows of \d+ queries drawn at random/,
    );
    const sessions = Number(/corrected: learnt from (\d+) sessions in \d+ pieces, each list [\d.e+]+ times/.exec(large.err)?.[1]);
    expect(sessions).toBeGreaterThan(2400); // all but those of drawn queries by which training is stopped and rankers are valued
    expect(sessions).toBeLessThan(3000);
    expect(whole.err).not.toMatch(/in memory/);
    const models = ['large', 'whole'].map((out) => home.in(`${out}/models/1/corrected`));
    const { out } = await counterrank('evaluate', ...models, '--data', home.in('world/data/test.txt'), '--metric', 'ndcg@10');
    const values = [...out.matchAll(/^\S+ +(0\.\d{4}) /gm)].map(([, value]) => Number(value));
    expect(values).toHaveLength(2);
    expect(Math.abs(values[0] - values[1])).toBeLessThan(0.03);
  },
  slow,
);

test(
  'a weighting that goes by the whole log says so, a log that fits is read whole, and a split by time is refused',
  async () => {
    const aware = await learnt('aware', 900, {
      estimators: ['naive', { bias: 'all-pairs', weighting: 'policy-aware-ips', label: 'aware' }],
    });
    expect(aware.err).toMatch(/aware: its weights go by the whole log, so it learnt from the \d+ sessions in memory alone/);
    const fits = await learnt('fits', 100_000);
    expect(readFileSync(home.in('fits/metrics.csv'), 'utf8')).toBe(readFileSync(home.in('whole/metrics.csv'), 'utf8'));
    expect(fits.err).not.toMatch(/in memory/);
    const refused = await learnt('time', 900, { split: { by: 'time' } });
    expect([refused.code, /split\.by=time needs all sessions in memory/.test(refused.err)]).toEqual([2, true]);
  },
  slow,
);

test(
  'of documents that are ids every query has its relevance; fit says from what',
  async () => {
    const done = await counterrank('fit', home.in('log'), '--rows-in-memory', '900', '--out', home.in('ids'), '--quiet');
    expect([done.code, done.err.match(/learnt from \d+ sessions in \d+ pieces, each list 1\.0 times/)?.length]).toEqual([0, 1]);
    expect(done.err).not.toMatch(/left out/);
    const shown = Object.values<Record<string, number>>(json('ids/relevance.json').queries);
    expect(shown).toHaveLength(30);
    for (const documents of shown) expect(new Set(Object.values(documents)).size).toBeGreaterThan(1); // clicks tell them apart, of all queries
  },
  slow,
);

test(
  'diagnose says which rows it tells of; words that are no number are refused',
  async () => {
    const done = await counterrank('diagnose', home.in('log'), '--rows-in-memory', '900');
    expect(done.err).toMatch(/\d+ rows read, 8\d\d kept, \d+ left out: of queries that were not drawn \(log\.rowsInMemory\)/);
    const wrong = await counterrank('diagnose', home.in('log'), '--rows-in-memory', 'some');
    expect([wrong.code, /whole number above 0, or "all"/.test(wrong.err)]).toEqual([2, true]);
  },
  slow,
);
