import { applyOverrides, inTurn, parseOverride } from '../../../experiments/config/overrides.ts';
import { UsageError } from '../../../src/errors.ts';

const apply = (input: unknown, texts: string[], defaults: unknown = {}) => applyOverrides(input, texts.map(parseOverride), defaults);

test.each([
  ['a=null', null],
  ['a=true', true],
  ['a=12', 12],
  ['a=1e-3', 1e-3],
  ['a=1e6', 1_000_000],
  ['a=[1, 2]', [1, 2]],
  ['a={b: 1, c: [x]}', { b: 1, c: ['x'] }],
  ['a="1"', '1'],
  ['a=', undefined],
  ['a=text with = inside', 'text with = inside'],
])('%s is typed as YAML', (text, value) => {
  if (value === undefined) expect(() => parseOverride(text)).toThrow(/empty.*a=null/);
  else expect(apply({}, [text])).toEqual({ a: value });
});

test('goes down dotted paths, makes groups that are missing, and leaves the input as it was', () => {
  const input = { a: { b: 1 } };
  expect(apply(input, ['a.c=2', 'd.e.f=3'])).toEqual({ a: { b: 1, c: 2 }, d: { e: { f: 3 } } });
  expect(input).toEqual({ a: { b: 1 } });
});

test('what is beside the path is not copied', () => {
  const input = { a: { b: 1 }, sweep: { grid: {} }, list: [{ c: 1 }, { c: 2 }] };
  const output = apply(input, ['a.b=2', 'list.0.c=3']) as typeof input;
  expect(output).toEqual({ a: { b: 2 }, sweep: { grid: {} }, list: [{ c: 3 }, { c: 2 }] });
  expect(output.sweep).toBe(input.sweep);
  expect(output.list[1]).toBe(input.list[1]);
  expect(input).toEqual({ a: { b: 1 }, sweep: { grid: {} }, list: [{ c: 1 }, { c: 2 }] });
});

test('the last of two overrides of one key wins', () => {
  expect(apply({}, ['a=1', 'a=2'])).toEqual({ a: 2 });
});

test('a group the input does not have starts from the defaults', () => {
  const defaults = { model: { name: 'cascade', stop: 0.5 } };
  expect(apply({}, ['model.stop=0.9'], defaults)).toEqual({ model: { name: 'cascade', stop: 0.9 } });
  expect(apply({ model: { name: 'other' } }, ['model.x=1'], defaults)).toEqual({ model: { name: 'other', x: 1 } });
  expect(apply({}, ['model.name=cascade'], defaults)).toEqual({ model: { name: 'cascade', stop: 0.5 } });
  expect(apply({}, ['model.name=other'], defaults)).toEqual({ model: { name: 'other' } }); // nobody has said "stop"
  expect(apply({ model: { name: 'cascade', stop: 1 } }, ['model.name=other'], defaults)).toEqual({ model: { name: 'other', stop: 1 } });
});

test('a bare name becomes a group, also within a list by index', () => {
  expect(apply({ methods: ['naive', 'ips'] }, ['methods.1.clip=0.2'])).toEqual({ methods: ['naive', { name: 'ips', clip: 0.2 }] });
});

test.each([
  ['a', /not an override.*key=value/],
  ['=1', /not an override/],
  ['a..b=1', /not an override/],
  [`${'a.'.repeat(49)}b.c=1`, /^"(a\.){30}…": 51 keys; no value lies more than 50 deep$/],
  ['a'.repeat(50_000), /^"a{60}…" is not an override; write key=value/],
  [`number=[${'1'.repeat(50_000)}`, /^"number=\[1{52}…": Flow sequence must end with a \]/],
  ['a=[1', /"a=\[1": .*flow sequence/i],
  ['list.2=1', /list is a list of 2; name an element by its index, 0 to 1/],
  ['list.x=1', /list of 2/],
  ['number.x=1', /number is 5, which has no keys/],
])('%s is refused', (text, message) => {
  const attempt = () => apply({ list: [1, 2], number: 5 }, [text]);
  expect(attempt).toThrow(UsageError);
  expect(attempt).toThrow(message);
});

test('a method chosen by its name among several keeps the options that the config gives it', () => {
  const estimators = ['naive', { name: 'clipped-ips', clip: 0.3 }, { name: 'ips', label: 'a' }, { name: 'ips', label: 'b' }];
  const input = { estimators, baseline: 'naive' };
  expect(apply(input, ['estimator.name=clipped-ips'])).toEqual({ estimator: { name: 'clipped-ips', clip: 0.3 } });
  expect(apply(input, ['estimator.name=clipped-ips', 'estimator.label=c'])).toEqual({
    estimator: { name: 'clipped-ips', clip: 0.3, label: 'c' },
  });
  expect(apply(input, ['estimator.name=naive'])).toEqual({ estimator: { name: 'naive' } });
  expect(apply(input, ['estimator.name=other'])).toEqual({ estimator: { name: 'other' } });
  expect(apply(input, ['estimator=clipped-ips'])).toEqual({ estimator: 'clipped-ips' }); // what is typed is all that is said
  expect(() => apply(input, ['estimator.name=ips'])).toThrow(/"estimator\.name=ips": 2 estimators of the config have this name/);
  expect(input.estimators).toEqual(estimators);
  const words = ['estimator.clip=0.5', 'estimator.name=clipped-ips'].map(parseOverride);
  expect(inTurn(words).map(({ text }) => text)).toEqual(['estimator.name=clipped-ips', 'estimator.clip=0.5']);
});
