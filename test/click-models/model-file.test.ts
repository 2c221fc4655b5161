import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ClickModelEntry,
  clickModels,
  contextsFor,
  readStoredClickModel,
  valuesFor,
  writeClickModel,
} from '../../click-models/index.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { exampleChoices, exampleModels } from './example-models.ts';

const folder = mkdtempSync(join(tmpdir(), 'counterrank-click-model-'));
const entries = clickModels as Readonly<Record<string, ClickModelEntry>>;

const stored = (i: number) => {
  const [, name, options = {}] = exampleChoices[i];
  const { model } = exampleModels[i];
  const K = model.definition.tables.attraction?.by === 'documentRank' ? model.positions : 1;
  const documents = Object.fromEntries(
    model.documents.map((table) => [table, Float64Array.from({ length: table === 'attraction' ? 3 * K : 3 }, (_, d) => (d + 1) / 40)]),
  );
  const priors = Object.fromEntries(model.documents.map((table) => [table, { mean: 0.3, strength: 2.5 }]));
  const decoded = decodeOptions(name, entries[name].options, options) as object;
  const contexts = model.contexts === 1 ? null : Array.from({ length: model.contexts }, (_, c) => `context ${c}`);
  return {
    name,
    options: decoded,
    model,
    contexts,
    scorers: {},
    priors,
    queryIds: ['q1', 'q1', 'q2'],
    docIds: ['a', 'b', 'a'],
    documents,
  };
};

test.each(exampleChoices.map(([title], i) => [title, i] as const))('%s: a file gives back what was written', async (_, i) => {
  const path = join(folder, `${i}.json`);
  const one = stored(i);
  await writeClickModel(path, one, 6);
  const { model, ...rest } = await readStoredClickModel(path, entries);
  const { model: own, ...others } = one;
  expect(rest).toEqual(others);
  expect([model.name, model.parameters, model.positions, model.contexts, model.bias]).toEqual([
    own.name,
    own.parameters,
    own.positions,
    own.contexts,
    own.bias,
  ]);
});

test('documents are found by query and id; one that the model has not seen has the mean of the prior', () => {
  const { documents, unseen } = valuesFor(stored(0), { queryIds: ['q2', 'q1', 'q3'], docIds: ['a', 'b', 'a'], documentQuery: [0, 1, 2] });
  expect([...documents.attraction]).toEqual([3 / 40, 2 / 40, 0.3]);
  expect(unseen).toBe(1);
});

test('without a prior it has the mean of those that the model has seen, at each rank where there is one for each', () => {
  const log = { queryIds: ['q3'], docIds: ['new'], documentQuery: [0] };
  expect([...valuesFor({ ...stored(0), priors: {} }, log).documents.attraction]).toEqual([expect.closeTo((1 + 2 + 3) / 3 / 40, 12)]);
  const byRank = exampleChoices.findIndex(([, name]) => name === 'document-rank-ctr');
  const { model } = stored(byRank);
  const K = model.positions;
  const means = Array.from({ length: K }, (_, k) => (3 * (k + 1) + 3 * K) / 3 / 40); // of (d K + k + 1)/40 over documents 0, 1, 2
  const { attraction } = valuesFor({ ...stored(byRank), priors: {} }, log).documents;
  expect([...attraction]).toEqual(means.map((mean) => expect.closeTo(mean, 12)));
});

test.each<[string, (file: Record<string, unknown>) => unknown, string]>([
  ['another version', (file) => ({ ...file, version: 7 }), 'a click model of version 7, and this reads version 2; fit it again'],
  ['another format', () => ({ a: 1 }), 'not a click model: "format" must be "counterrank click model"'],
  ['an unknown key', (file) => ({ ...file, more: 1 }), 'not a click model: more: unknown key'],
  [
    'an unknown name',
    (file) => ({ ...file, name: 'position-baste' }),
    'unknown click model "position-baste"; did you mean "position-based"?',
  ],
  ['bad options', (file) => ({ ...file, options: { eta: -1 } }), 'not a click model: options of position-based: eta'],
  [
    'a table too many',
    (file) => ({ ...file, tables: { ...(file.tables as object), other: [0.5] } }),
    'position-based has no table "other"',
  ],
  ['a table too short', (file) => ({ ...file, tables: { examination: [0.5] } }), 'examination needs 6 values, got 1'],
  ['no probabilities', (file) => ({ ...file, tables: { examination: [2, 0, 0, 0, 0, 0] } }), 'not a click model'],
  [
    'documents without attraction',
    (file) => ({ ...file, documents: { query: [], document: [], values: {} } }),
    'documents have no attraction',
  ],
  [
    'fewer values than documents',
    (file) => ({ ...file, documents: { query: ['q'], document: ['a'], values: { attraction: [] } } }),
    'attraction has 0 values for 1 documents',
  ],
  [
    'a document twice',
    (file) => ({ ...file, documents: { query: ['q', 'q'], document: ['a', 'a'], values: { attraction: [0.1, 0.2] } } }),
    'document "a" of query "q" is there twice',
  ],
  [
    'a prior of nothing',
    (file) => ({ ...file, priors: { satisfaction: { mean: 0.5, strength: 1 } } }),
    'documents of position-based have no "satisfaction"',
  ],
  [
    'values of nothing',
    (file) => ({ ...file, documents: { query: [], document: [], values: { attraction: [], satisfaction: [] } } }),
    'documents of position-based have no "satisfaction"',
  ],
  [
    'a document that attracts more than surely',
    (file) => ({ ...file, documents: { query: ['q'], document: ['a'], values: { attraction: [1.5] } } }),
    'not a click model: documents.values.attraction.0',
  ],
  ['a prior without strength', (file) => ({ ...file, priors: { attraction: { mean: 0.5, strength: 0 } } }), 'priors.attraction.strength'],
  ['contexts that the model has not', (file) => ({ ...file, contextNames: ['a', 'b'] }), 'contextNames must be different, and at most 1'],
  [
    'queries for other documents',
    (file) => ({ ...file, documents: { query: ['q'], document: [], values: { attraction: [] } } }),
    '1 queries for 0 documents',
  ],
  ['other contexts than its options make', (file) => ({ ...file, contexts: 2 }), 'contexts is 2, and its options make 1'],
])('a file of %s is refused in one line that names it', async (_, change, message) => {
  const path = join(folder, 'bad.json');
  await writeClickModel(path, stored(0), 6);
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))));
  await expect(readStoredClickModel(path, entries)).rejects.toThrow(message);
  await expect(readStoredClickModel(path, entries)).rejects.toThrow('bad.json');
});

test('what makes attraction, satisfaction of features comes back; one of other parameters than its layers have is refused', async () => {
  const path = join(folder, 'scorer.json');
  const architecture = { name: 'mlp', featureCount: 2, hidden: [2], activation: 'elu' } as const;
  const scorer = { architecture, parameters: Float32Array.from({ length: 2 * 2 + 2 + 2 + 1 }, (_, i) => i / 7) };
  const linear = { architecture: { name: 'linear', featureCount: 3 }, parameters: Float32Array.of(1, -2, 0.5, 3) } as const;
  const satisfying = stored(exampleModels.findIndex(({ model }) => model.documents.includes('satisfaction')));
  const scorers = { attraction: scorer, satisfaction: linear };
  await writeClickModel(path, { ...satisfying, scorers }, 6);
  expect((await readStoredClickModel(path, entries)).scorers).toEqual(scorers);
  await writeClickModel(path, { ...satisfying, scorers: { ...scorers, satisfaction: { ...scorer, parameters: new Float32Array(3) } } }, 6);
  await expect(readStoredClickModel(path, entries)).rejects.toThrow('the scorer of satisfaction needs 9 parameters, got 3');
  await writeClickModel(path, { ...stored(0), scorers }, 6);
  await expect(readStoredClickModel(path, entries)).rejects.toThrow('have no "satisfaction"');
});

test('contexts of a log are found by name; one that the model was not fitted to, none and a file without names are refused', () => {
  const one = stored(exampleChoices.findIndex(([, name]) => name === 'contextual-position-based'));
  const contexts = ['phone', 'desktop'];
  const log = { names: ['desktop', 'phone'], ofList: Uint32Array.of(0, 1, 1) };
  expect([...(contextsFor({ ...one, contexts }, log) ?? [])]).toEqual([1, 0, 0]);
  expect(contextsFor(stored(0), log)).toBeNull();
  expect(() => contextsFor({ ...one, contexts }, { ...log, names: ['desktop', 'tablet'] })).toThrow(
    'context "tablet" is none that contextual-position-based was fitted to: "phone", "desktop"',
  );
  expect(() => contextsFor({ ...one, contexts }, null)).toThrow('but the log has none; name its context column');
  expect(() => contextsFor({ ...one, contexts: null }, log)).toThrow('of which its file has no names; fit it again');
});

test('what is no JSON, no file and no model of the registry is refused', async () => {
  const path = join(folder, 'text.json');
  writeFileSync(path, 'no');
  await expect(readStoredClickModel(path, entries)).rejects.toThrow('not JSON');
  await expect(readStoredClickModel(join(folder, 'none.json'), entries)).rejects.toThrow('cannot read');
  await writeClickModel(path, { ...stored(0), name: 'mine' }, 6);
  await expect(readStoredClickModel(path, entries)).rejects.toThrow('unknown click model "mine"');
});

const long = [...Object.keys(clickModels).filter((name) => name !== 'user-browsing'), { name: 'user-browsing', by: 'distance' }];
test.each(long)('%j of lists of 6,000 documents is read as it was written', async (choice) => {
  const { name, ...given } = typeof choice === 'string' ? { name: choice } : choice;
  const options = decodeOptions(name, entries[name].options, given) as object;
  const model = entries[name].create(options as never, 6000);
  const none = { scorers: {}, priors: {}, queryIds: [], docIds: [] };
  const documents = Object.fromEntries(model.documents.map((table) => [table, new Float64Array()]));
  const path = join(folder, `long-${name}.json`);
  await writeClickModel(path, { name, options, model, contexts: null, documents, ...none }, 6000);
  expect((await readStoredClickModel(path, entries)).model.parameters).toEqual(model.parameters);
});

test('user browsing by last click of so long lists, whose table no file would hold, is refused before it is fitted', () => {
  expect(() => clickModels['user-browsing'].create({ by: 'last-click', examination: 'published', eta: 1 }, 6000)).toThrow(
    'too many for 6000 positions: at most 5000; use by: distance',
  );
});
