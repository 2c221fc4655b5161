import { decode } from '../../../experiments/config/decode.ts';
import { named } from '../../../src/named.ts';
import {
  array,
  check,
  type Decoded,
  integer,
  nullable,
  optional,
  picklist,
  pipe,
  positive,
  probability,
  strictObject,
  union,
} from '../../../src/schema.ts';

const registry = {
  cascade: { options: strictObject({}) },
  'position-based': {
    options: pipe(
      strictObject({ eta: optional(positive(), 1), depth: optional(nullable(integer(1)), null) }),
      check(({ depth, eta }) => depth === null || eta < depth, 'eta must be below depth'),
    ),
  },
};
const schema = strictObject({
  sessions: optional(integer(1), 100),
  share: optional(probability(), 0.5),
  model: optional(named(registry), 'cascade'),
  methods: optional(array(named(registry, { label: optional(picklist(['a', 'b'])) })), ['position-based']),
  source: optional(union([picklist(['oracle', 'guess']), array(positive())]), 'oracle'),
  group: optional(strictObject({ inner: integer() }), { inner: 1 }),
});
const faults = (input: unknown): string[] => {
  try {
    decode(schema, input, 'file.yaml');
    return [];
  } catch (error) {
    const lines = (error as Error).message.split('\n');
    return lines.length === 1 ? [lines[0].replace('file.yaml: ', '')] : lines.slice(1).map((line) => line.trim());
  }
};

test('fills in every default, of options by name too', () => {
  const decoded: Decoded<typeof schema> = decode(schema, {}, 'file.yaml');
  expect(decoded).toEqual({
    sessions: 100,
    share: 0.5,
    model: { name: 'cascade' },
    methods: [{ name: 'position-based', eta: 1, depth: null }],
    source: 'oracle',
    group: { inner: 1 },
  });
});

test('what is decoded decodes to itself', () => {
  const once = decode(schema, { model: 'position-based', methods: ['cascade', { name: 'position-based', eta: 2, label: 'b' }] }, 'f');
  expect(decode(schema, structuredClone(once), 'f')).toEqual(once);
});

test('all faults at once, in one message that names the source', () => {
  const input = { sesions: 5, sessions: 0, model: { name: 'position-based', etta: 1, depth: 1.5 }, group: { iner: 1, also: 2 } };
  expect(() => decode(schema, input, 'file.yaml')).toThrow(/^file\.yaml: 7 faults\n/);
  expect(faults(input).sort()).toEqual([
    'group.also: unknown key; known: inner',
    'group.iner: unknown key; did you mean "inner"? known: inner',
    'group.inner: missing',
    'model.depth: must be a whole number, got 1.5',
    'model.etta: unknown key; did you mean "eta"? known: name, eta, depth',
    'sesions: unknown key; did you mean "sessions"? known: sessions, share, model, methods, source, group',
    'sessions: must be at least 1, got 0',
  ]);
});

test.each([
  [{ sessions: '1e5' }, 'sessions: must be a number, got "1e5"'],
  [{ share: 1.5 }, 'share: must be at most 1, got 1.5'],
  [{ model: 'positon-based' }, 'model: unknown name "positon-based"; did you mean "position-based"? known: cascade, position-based'],
  [{ model: { name: 'casade' } }, 'model.name: unknown name "casade"; did you mean "cascade"? known: cascade, position-based'],
  [{ model: { eta: 1 } }, 'model.name: missing; must be one of cascade, position-based'],
  [{ model: 5 }, 'model: must be one of cascade, position-based, or a name, or a group of keys with a name, got 5'],
  [
    { model: { name: 'position-based', eta: 3, depth: 2 } },
    'model: eta must be below depth, got {"name":"position-based","eta":3,"depth":2}',
  ],
  [{ methods: ['cascade', { name: 'position-based', eta: 0 }] }, 'methods.1.eta: must be above 0, got 0'],
  [{ methods: [{ name: 'cascade', label: 'c' }] }, 'methods.0.label: unknown name "c"; known: a, b'],
  [{ methods: 'cascade' }, 'methods: must be a list, got "cascade"'],
  [
    {
      methods: [
        { name: 'cascade', x: 1 },
        { name: 'cascade', y: 1 },
      ],
    },
    'methods.0.x: unknown key; known: name, label',
  ],
  [{ source: 'orcle' }, 'source: unknown name "orcle"; did you mean "oracle"? known: oracle, guess'],
  [{ source: [0.5, -1] }, 'source.1: must be above 0, got -1'],
  [{ source: 3 }, 'source: must be one of oracle, guess, or a list, got 3'],
  [{ group: null }, 'group: must be a group of keys, got null'],
])('%j: %s', (input, fault) => {
  expect(faults(input)[0]).toBe(fault);
});

test('of many faults the first 20', () => {
  const input = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`k${i}`, 1]));
  const lines = faults(input);
  expect(lines.map((line) => line.split(':')[0])).toEqual([...Array.from({ length: 20 }, (_, i) => `k${i}`), '… and 49980 more faults']);
});

test('a config that is no group of keys is one fault', () => {
  expect(faults([1])).toHaveLength(1);
});
