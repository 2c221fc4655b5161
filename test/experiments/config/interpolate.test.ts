/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested */
import { decodeRankingConfig } from '../../../experiments/catalogue/ranking-config.ts';
import { resolveReferences } from '../../../experiments/config/interpolate.ts';

const resolve = (config: Record<string, unknown>, defaults: unknown = {}, env: Record<string, string> = {}) =>
  resolveReferences(config, defaults, env);
const faults = (config: Record<string, unknown>) => resolve(config).faults.map(({ path, problem }) => `${path.join('.')}: ${problem}`);

test('one reference keeps its type, within a text it is written out', () => {
  const { resolved, faults: none } = resolve({
    a: { b: 5, list: [1, { c: true }] },
    x: '${a.b}',
    y: 'n=${a.b}, ${a.list.0}',
    z: '${a.list}',
  });
  expect(none).toEqual([]);
  expect(resolved).toMatchObject({ x: 5, y: 'n=5, 1', z: [1, { c: true }] });
});

test('references lead on through others, into groups, and to the defaults', () => {
  const { resolved } = resolve({ a: '${b}', b: '${c.d}', c: { d: '${e}' }, g: '${c}' }, { e: 7 });
  expect(resolved).toEqual({ a: 7, b: 7, c: { d: 7 }, g: { d: 7 } });
});

test('the environment is read as YAML; a default stands in where a variable is not set', () => {
  const env = { N: '12', T: 'a: b: c', FOLDER: '/data' };
  const { resolved } = resolve({ n: '${env:N}', t: '${env:T}', d: '${env:NONE,1e3}', e: '${env:NONE,}', p: '${env:FOLDER}/x' }, {}, env);
  expect(resolved).toEqual({ n: 12, t: 'a: b: c', d: 1000, e: null, p: '/data/x' });
});

test('a backslash keeps a reference from being one', () => {
  expect(resolve({ a: '\\${b} and $b' }).resolved).toEqual({ a: '${b} and $b' });
});

test.each([
  [{ a: '${b}' }, 'a: ${b}: no such key'],
  [{ simulation: { sessions: 5 }, a: '${simulation.sesions}' }, 'a: ${simulation.sesions}: no such key; did you mean "sessions"?'],
  [{ a: '${b}', b: '${a}' }, 'a: ${b}: leads back to itself: b → a → b'],
  [{ a: '${a}' }, 'a: ${a}: leads back to itself: a → a'],
  [{ a: 'x${b}', b: { c: 1 } }, 'a: ${b} is a group of keys, which cannot stand within a text'],
  [
    { a: '${env:COUNTERRANK_NONE}' },
    'a: ${env:COUNTERRANK_NONE}: the environment variable COUNTERRANK_NONE is not set; set it, or give a default: ${env:COUNTERRANK_NONE,value}',
  ],
  [{ a: { b: '???' } }, 'a.b: required: the config leaves it open with ???; give it as a.b=value'],
])('%j: %s', (config, fault) => {
  expect(faults(config)[0]).toBe(fault);
});

test('a config tells such faults and others in one message, and each value once', () => {
  const config = { simulation: { sessions: '???', positions: '${nope}', noise: 2.5 }, training: { steps: '${simulation.noise}' } };
  const message = (() => {
    try {
      decodeRankingConfig(config, 'f.yaml');
    } catch (error) {
      return (error as Error).message.split('\n');
    }
    return [];
  })();
  expect(message.map((line) => line.trim().split(' ')[0]).sort()).toEqual([
    'f.yaml:',
    'simulation.noise:',
    'simulation.positions:',
    'simulation.sessions:',
    'training.steps:',
  ]);
  expect(
    decodeRankingConfig({ simulation: { sessions: 200, validationSessions: '${simulation.sessions}' } }, 'x').simulation.validationSessions,
  ).toBe(200);
});

test('a variable that is not UTF-8 is no text', () => {
  const { faults: found } = resolve({ a: '${env:FOLDER}' }, {}, { FOLDER: '/data/caf\ufffd' });
  expect(found).toEqual([{ path: ['a'], problem: '${env:FOLDER}: the environment variable FOLDER is not UTF-8; write it in UTF-8' }]);
});

test.each(['', '~', 'null', ' '])('a variable that is set to %j has no value, which null is not', (value) => {
  const { faults: found } = resolveReferences({ a: '${env:DATA}', b: '${env:DATA,c}' }, {}, { DATA: value });
  expect(found.map(({ path, problem }) => `${path}: ${problem}`)).toEqual(
    ['env:DATA', 'env:DATA,c'].map(
      (name, i) =>
        `${'ab'[i]}: \${${name}}: the environment variable DATA is ${JSON.stringify(value)}, which is no value; set it, or unset it where there is a default`,
    ),
  );
});

describe('references that multiply', () => {
  const names = Array.from({ length: 30 }, (_, i) => `x${i}`);
  const chain = (first: unknown, next: (reference: string) => unknown) =>
    Object.fromEntries(names.map((name, i) => [name, i === 0 ? first : next(`\${${names[i - 1]}}`)]));

  test.each([
    ['texts', chain('aaaaaaaaaa', (one) => one + one)],
    ['lists', chain('a', (one) => Array(10).fill(one))],
    ['groups', { ...chain({ a: 1 }, (one) => ({ a: one, b: one })), seeds: 5 }],
    ['one text', { x: 'a'.repeat(100_000), y: Array(100_000).fill('${x}') }],
  ])('%s: one fault at each place', (_, config) => {
    const { resolved, faults: found } = resolve(config);
    const problems = new Set(found.map(({ problem }) => problem));
    expect(problems).toEqual(new Set(['references multiply; write the values out']));
    expect(found.every(({ path }) => path[0] !== 'x0' && path[0] !== 'x')).toBe(true);
    expect(resolved.seeds).toBe('seeds' in config ? 5 : undefined);
  });

  test('100,000 values are not too many', () => {
    const list = Array.from({ length: 49_999 }, (_, i) => i);
    expect(resolve({ list, x: '${list}', y: '${list}' })).toMatchObject({ faults: [], resolved: { x: list, y: list } });
  });

  test('they do not nest without end', () => {
    const long = Array.from({ length: 9999 }, (_, i) => [`x${i}`, { a: `\${x${i + 1}}` }]);
    expect(faults({ ...Object.fromEntries(long), x9999: 1 })).toContain(
      `x0${'.a'.repeat(26)}: \${x26}: more than 50 keys and references deep; write the value out`,
    );
  });
});
