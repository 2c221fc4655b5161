import { existsSync, readFileSync } from 'node:fs';
import { clickModels, readStoredClickModel, scoreClickModel, valuesFor } from '../../../click-models/index.ts';
import { clickSums } from '../../../src/data/click-log.ts';
import { readNamedClickLog } from '../../../src/data/named-logs/read-named-click-log.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { counterrank } from './counterrank.ts';

const home = temporaryFolder();
const row = (docs: string, clicks: number[], count: number) => JSON.stringify({ query: 'q', docs: [...docs], clicks, count });
const log = home.put(
  'log.jsonl',
  [row('ab', [1, 0], 300), row('ab', [0, 1], 60), row('ab', [0, 0], 500), row('ba', [1, 0], 200), row('ba', [0, 0], 400)].join('\n'),
);
const click = (step: string, ...words: string[]) => counterrank('click-model', step, ...words);

test('fit, score and simulate: the file foretells what the score says, and its clicks are as it foretells', async () => {
  const model = home.in('model.json');
  const fit = await click(
    'fit',
    log,
    '--model',
    'position-based',
    '--set',
    'examination=inverse-rank',
    '--set',
    'fit.prior=4',
    '--out',
    model,
  );
  expect([fit.code, fit.err]).toEqual([0, '']);
  expect(fit.out).toContain(`${model}: position-based of 1,460 sessions, 2 documents of 1 queries`);
  expect(fit.out).toContain('examination: up-to-factor');
  const stored = await readStoredClickModel(model, clickModels);
  expect(stored.options).toEqual({ examination: 'inverse-rank', eta: 1 });
  expect(stored.priors.attraction.strength).toBe(4);

  const named = await readNamedClickLog(log);
  const { documents } = valuesFor(stored, named);
  const { conditionalPerplexity, ctrByRank } = scoreClickModel(stored.model, documents, { log: named.log, documents: 2 });
  const scored = await click('score', model, log);
  expect(scored.code).toBe(0);
  expect(scored.out).toMatch(new RegExp(`^conditional-perplexity +${conditionalPerplexity.meanOfRanks.value.toFixed(4)} ±`, 'm'));

  const drawn = home.in('drawn.jsonl');
  const words = ['simulate', model, log, '--sessions', '2e5', '--out'] as const;
  expect((await click(...words, drawn)).out).toContain(`${drawn}: 200,000 sessions with position-based clicks on 2 lists of ${log}`);
  await click(...words, home.in('again.jsonl'));
  await click(...words, home.in('other.jsonl'), '--seed', '2');
  const text = (name: string) => readFileSync(home.in(name), 'utf8');
  expect(text('again.jsonl')).toBe(text('drawn.jsonl'));
  expect(text('other.jsonl')).not.toBe(text('drawn.jsonl'));
  const simulated = (await readNamedClickLog(drawn)).log;
  const { clicks, sessions } = clickSums(simulated);
  const all = sessions[0] + sessions[1];
  expect(all).toBe(200_000);
  for (const k of [0, 1])
    expect(Math.abs((clicks[k] + clicks[2 + k]) / all - ctrByRank[k].expected)).toBeLessThan(5 * Math.sqrt(0.25 / all));
});

test('diagnose says what the log tells of a model, and fits nothing', async () => {
  const told = await click('diagnose', log, '--model', 'user-browsing');
  expect([told.code, told.err]).toEqual([0, '']);
  expect(told.out).toContain('1,460 sessions of 1 queries, 0.38 clicks a session, 100 % of documents at several ranks');
  expect(told.out).toMatch(/^examination +up-to-factor +3 of 3 +3 of 3 +its values are known relative to each other$/m);
  const json = await click('diagnose', log, '--model', 'dependent-click', '--format', 'json');
  expect(JSON.parse(json.out).tables).toEqual([
    { table: 'continuation', values: 2, seen: 1, identified: 'no', why: 'no session goes on to a second click', known: [false, false] },
  ]);
  const free = await click('diagnose', log, '--model', 'cascade');
  expect(free.out).toContain('no parameter but those of documents');
});

test.each([
  [
    ['--model', 'contextual-position-based'],
    'contextual-position-based tells 2 contexts apart, but the log has none; name its context column',
  ],
  [['--model', 'user-browsin'], 'did you mean "user-browsing"'],
  [['--model', 'user-browsing', '--set', 'by=page'], 'page'],
  [['--model', 'cascade', '--format', 'html'], 'text, json'],
])('diagnose with %j is refused', async (words, message) => {
  const done = await click('diagnose', log, ...words);
  expect(done.code).toBe(2);
  expect(done.err).toContain(message);
  expect(done.out).toBe('');
});

test('fits by the method that is set', async () => {
  const gradient = ['--set', 'fit.method=gradient', '--set', 'fit.prior=none', '--set', 'fit.iterations=500'];
  const of = async (name: string, ...words: string[]) => {
    const { code, err } = await click('fit', log, '--model', 'document-ctr', ...words, '--out', home.in(name));
    expect([code, err]).toEqual([0, '']);
    return (await readStoredClickModel(home.in(name), clickModels)).documents.attraction;
  };
  const rates = [(300 + 0) / 1460, (60 + 200) / 1460]; // clicks of a and of b in all sessions
  (await of('by-gradient.json', ...gradient)).forEach((rate, d) => {
    expect(Math.abs(rate - rates[d])).toBeLessThan(1e-3);
  });
  const [a, b] = await of('hashed.json', ...gradient, '--set', 'fit.attraction=quotient-remainder', '--set', 'fit.compression=2');
  expect([a, b].every((rate) => rate > 0 && rate < 1)).toBe(true);
});

test('pages: clicks on "next page" that a log has are fitted, saved, foretold, and drawn again; an entry out of place is refused', async () => {
  const paged = (clicks: number[], count: number) => JSON.stringify({ query: 'q', docs: ['a', 'b', 'next-1', 'c'], clicks, count });
  const lists = [paged([1, 0, 0, 0], 500), paged([0, 0, 0, 0], 100), paged([0, 1, 1, 1], 200), paged([0, 0, 1, 0], 200)];
  const path = home.put('pages.jsonl', lists.join('\n'));
  const pages = ['--model', 'pages', '--set', 'model=random-click', '--set', 'pager=next', '--set', 'fit.prior=none'];
  const of = async (from: string, name: string) => {
    const { code, err } = await click('fit', from, ...pages, '--set', 'pageSize=2', '--out', home.in(name));
    expect([code, err]).toEqual([0, '']);
    return (await readStoredClickModel(home.in(name), clickModels)).model.parameters.nextPage[0];
  };
  expect(await of(path, 'pages.json')).toBeCloseTo(400.5 / 1001, 10);
  expect((await click('score', home.in('pages.json'), path)).out).toMatch(/^3 .* 0\.4000 +0\.4001$/m);
  const drawn = home.in('drawn-pages.csv');
  expect((await click('simulate', home.in('pages.json'), path, '--sessions', '100000', '--out', drawn)).code).toBe(0);
  expect(Math.abs((await of(drawn, 'again-pages.json')) - 0.4)).toBeLessThan(5 * Math.sqrt(0.24 / 1e5));
  const shifted = await click('fit', path, ...pages, '--set', 'pageSize=3', '--out', home.in('none.json'));
  expect(shifted.code).not.toBe(0);
  expect(shifted.err).toContain(
    'a list shows "next-1" at rank 3, first in session 1; with pageSize 3 an entry whose id begins with "next" (pager) belongs at ranks 4, 8,',
  );
  expect(existsSync(home.in('none.json'))).toBe(false);
});

test('contexts go by name: from the log into the file, from there to another log, and into drawn clicks', async () => {
  const shown = (context: string, clicks: number[], count: number) =>
    JSON.stringify({ query: 'q', docs: ['a', 'b'], device: context, clicks, count });
  const lines = [shown('phone', [1, 0], 50), shown('phone', [0, 0], 50), shown('desk', [1, 1], 80), shown('desk', [0, 0], 20)];
  const devices = home.put('devices.jsonl', lines.join('\n'));
  const model = home.in('devices.json');
  const given = ['--context', 'device'];
  expect((await click('fit', devices, ...given, '--model', 'contextual-position-based', '--out', model)).err).toBe('');
  expect((await readStoredClickModel(model, clickModels)).contexts).toEqual(['phone', 'desk']);
  const turned = home.put('turned.jsonl', lines.toReversed().join('\n'));
  expect((await click('score', model, turned, ...given)).out).toBe((await click('score', model, devices, ...given)).out);
  for (const ending of ['jsonl', 'csv', 'parquet']) {
    const out = home.in(`drawn-devices.${ending}`);
    expect((await click('simulate', model, turned, ...given, '--sessions', '10000', '--out', out)).err).toBe('');
    const { log: drawn, contexts } = await readNamedClickLog(out, { context: 'device' });
    const { clicks, sessions } = clickSums(drawn);
    const second = Object.fromEntries(Array.from(contexts?.ofList ?? [], (c, l) => [contexts?.names[c], clicks[2 * l + 1] / sessions[l]]));
    expect(second.phone).toBeLessThan(0.05);
    expect(second.desk).toBeGreaterThan(0.5);
  }
  const other = await click('score', model, home.put('tablet.jsonl', shown('tablet', [1, 0], 5)), ...given);
  expect(other.err).toContain('context "tablet" is none that contextual-position-based was fitted to: "phone", "desk"');
  expect((await click('score', model, log)).err).toContain('but the log has none; name its context column');
});

test('drawn clicks keep the contexts of their lists where the model tells none apart', async () => {
  const row = (device: string, count: number) => JSON.stringify({ query: 'q', docs: ['a', 'b'], device, clicks: [1, 0], count });
  const log = home.put('three-to-one.jsonl', [row('phone', 75), row('desk', 25)].join('\n'));
  const [model, out] = [home.in('no-contexts.json'), home.in('drawn-three-to-one.jsonl')];
  const given = ['--context', 'device'];
  expect((await click('fit', log, ...given, '--model', 'rank-ctr', '--out', model)).code).toBe(0);
  expect((await click('simulate', model, log, ...given, '--out', out)).err).toBe('');
  const { log: drawn, contexts } = await readNamedClickLog(out, { context: 'device' });
  const { sessions } = clickSums(drawn);
  expect(Object.fromEntries(Array.from(contexts?.ofList ?? [], (c, l) => [contexts?.names[c], sessions[l]]))).toEqual({
    phone: 75,
    desk: 25,
  });
});

test('attraction from features of a file, by a network; a new document has what it makes of its features', async () => {
  const features = home.put('features.txt', ['1 qid:q 1:1 # docid=a', '0 qid:q 1:-1 # docid=b', '0 qid:q 1:-1 # docid=c'].join('\n'));
  const model = home.in('network.json');
  const set = ['fit.method=gradient', 'fit.attraction=features', 'fit.hidden=[4]'].flatMap((one) => ['--set', one]);
  const given = ['--features', features];
  expect(await click('fit', log, ...given, '--model', 'document-ctr', ...set, '--out', model)).toMatchObject({ code: 0, err: '' });
  const { scorers, documents } = await readStoredClickModel(model, clickModels);
  expect(scorers.attraction.architecture).toEqual({ name: 'mlp', featureCount: 1, hidden: [4], activation: 'elu' });
  const out = home.in('new-drawn.jsonl');
  const onlyNew = home.put('only-new.jsonl', row('c', [0], 1));
  const { err } = await click('simulate', model, onlyNew, ...given, '--sessions', '100000', '--out', out);
  expect(err).toContain('are given what it makes of their features');
  const { clicks } = clickSums((await readNamedClickLog(out)).log);
  expect(Math.abs(clicks[0] / 1e5 - documents.attraction[1])).toBeLessThan(5 * Math.sqrt(0.25 / 1e5)); // c is like b
  const none = await click('score', model, home.put('no-features.jsonl', row('ad', [0, 0], 1)), ...given);
  expect(none.err).toContain('features.txt has no document "d" of query "q", which the log shows');
});

test('satisfaction from features of a file is kept with the model, and foretold of a new document', async () => {
  const file = home.put('satisfying.txt', ['1 qid:q 1:1 # docid=a', '0 qid:q 1:-1 # docid=b', '0 qid:q 1:-1 # docid=c'].join('\n'));
  const model = home.in('satisfying.json');
  const set = ['fit.method=gradient', 'fit.satisfaction=features'].flatMap((one) => ['--set', one]);
  const fitted = await click('fit', log, '--features', file, '--model', 'dynamic-bayesian', ...set, '--out', model);
  expect(fitted).toMatchObject({ code: 0, err: '' });
  const stored = await readStoredClickModel(model, clickModels);
  expect(Object.keys(stored.scorers)).toEqual(['satisfaction']);
  const names = { queryIds: ['q'], docIds: ['c'], documentQuery: [0] };
  const { documents } = valuesFor(stored, names, { features: Float32Array.of(-1), featureCount: 1 });
  expect(documents.satisfaction[0]).toBeCloseTo(stored.documents.satisfaction[stored.docIds.indexOf('b')], 6); // c is like b
  expect(documents.attraction[0]).toBe(stored.priors.attraction.mean);
});

test('features for a model that has nothing from features are refused', async () => {
  const model = home.in('no-features.json');
  await click('fit', log, '--model', 'document-ctr', '--out', model);
  const { code, err } = await click('score', model, log, '--features', log);
  expect(err).toContain(`--features is for attraction or satisfaction from features, and "${model}" has neither; leave it out`);
  expect(code).toBe(2);
});

test('queries of one session are told of, and are no fault; the session is named that has a context too many', async () => {
  const line = (query: string, count: number, device = 'phone') =>
    JSON.stringify({ query, docs: ['a', 'b'], clicks: [1, 0], count, device });
  const path = home.put(
    'once.jsonl',
    [line('often', 5), line('rare', 1), line('once', 1), line('often', 2, 'desk'), line('often', 1, 'tv')].join('\n'),
  );
  const { code, out } = await click('fit', path, '--model', 'document-ctr', '--context', 'device', '--out', home.in('once.json'));
  expect(code).toBe(0);
  expect(out).toContain('2 of 3 queries have one session (first "rare"), which alone tells their attraction');
  const { err } = await click('fit', path, '--model', 'contextual-position-based', '--context', 'device', '--out', home.in('three.json'));
  expect(err).toContain(
    'has parameters for 2 contexts, but the log has 3, first in session 10; give it as many, as contexts: [{}, {}, {}]',
  );
});

test('documents that a model has not seen, and clicks that it rules out, are told', async () => {
  const model = home.in('cascade.json');
  expect((await click('fit', log, '--model', 'cascade', '--out', model)).code).toBe(0);
  const scored = await click('score', model, home.put('new.jsonl', [row('ac', [0, 1], 2), row('ac', [1, 1], 7)].join('\n')));
  expect(scored.err).toContain('note: 1 of 2 documents of ');
  expect(scored.err).toContain(
    'warning: cascade rules out the clicks of 7 sessions; each such click counts as probability 0.000001; the first, session 3 clicks ranks 1, 2',
  );
});

test.each([
  [['fit', log, '--model', 'cascad'], 'unknown click model "cascad"; did you mean "cascade"?'],
  [['fit', log, '--model', 'user-browsing', '--set', 'byy=distance'], 'options of user-browsing: byy: unknown key; did you mean "by"?'],
  [['fit', log, '--model', 'cascade', '--set', 'name=grid'], '--set name=grid: the model is named by --model'],
  [['fit', log, '--model', 'cascade', '--set', 'fit.prior=1', '--set', 'fit.prior=2'], 'say the same thing'],
  [
    ['fit', log, '--model', 'contextual-position-based'],
    'contextual-position-based tells 2 contexts apart, but the log has none; name its context column',
  ],
  [
    ['fit', log, '--model', 'document-ctr', '--set', 'fit.attraction=hash'],
    'attraction from hash is fitted by gradient; set method: gradient',
  ],
  [
    ['fit', log, '--model', 'document-ctr', '--set', 'fit.attraction=features', '--set', 'fit.method=gradient'],
    'attraction from features needs documents with features, and a log has none of its own; give them (--features on the command line), or use hash',
  ],
  [['fit', log, '--model', 'document-ctr', '--features', log], '--features is for attraction or satisfaction from features; set'],
  [['fit', log, '--model', 'cascade', '--set', 'fit.learningRate=1'], 'learningRate is of method gradient, and em has none; leave it out'],
  [['fit', 'none.jsonl', '--model', 'cascade'], 'cannot read "none.jsonl": no such file'],
  [['simulate', log, log], 'log.jsonl: not JSON'],
])('%j is refused, and writes nothing', async (words, message) => {
  const out = home.in('refused.jsonl');
  const { code, err } = await click(words[0], ...words.slice(1), '--out', out);
  expect(err).toContain(message);
  expect(code).toBeGreaterThan(1);
  expect(existsSync(out)).toBe(false);
});

test('simulate of a click-models config says what to do instead', async () => {
  const config = home.put('models.yaml', 'task: click-models\nsimulation: {sessions: 100}\n');
  const { code, err } = await counterrank('simulate', config, '--out', home.in('none'));
  expect(code).toBe(2);
  expect(err).toContain('has nothing to simulate into files; simulate a config of its data and simulation without a task');
});
