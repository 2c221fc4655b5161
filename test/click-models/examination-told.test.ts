import { diagnoseClickModel, examinationTold, type FitOptions, fitClickModel, fitOptions } from '../../click-models/index.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { modelOf, simulatedLog } from './simulated-log.ts';

const options = decodeOptions('fit', fitOptions, {}) as FitOptions;

const told = (model: ReturnType<typeof modelOf>, fit: Parameters<typeof diagnoseClickModel>[1]) =>
  examinationTold(model, diagnoseClickModel(model, fit).tables, fitClickModel(model, fit, options).draws, 3);

test.each<[Parameters<typeof modelOf>[0], boolean[]]>([
  ['position-based', [true, true, true]],
  ['user-browsing', [true, true, true]],
  ['dependent-click', [true, true, true]], // λ of the last rank, which no session tells, leads to no rank
  ['dynamic-bayesian', [true, true, true]],
  ['trust-bias', [false, false, false]], // θ is told as a product only
])('of lists in random order, %s', (name, expected) => {
  const model = modelOf(name, 3);
  expect(told(model, simulatedLog(model, { sessions: 5000, positions: 3 }).fit)).toEqual(expected);
});

test('documents that never leave their rank tell of no other', () => {
  const builder = new ClickLogBuilder();
  const list = builder.addList(0, Uint32Array.of(0, 1, 2));
  for (const clicks of [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [0, 0, 0],
  ])
    builder.addRow(list, Uint8Array.from(clicks), 5);
  const fit = { log: builder.build(), documents: 3 };
  expect(told(modelOf('position-based', 3), fit)).toEqual([true, false, false]);
  expect(told(modelOf('dynamic-bayesian', 3), fit)).toEqual([true, false, false]); // nobody clicks twice: γ is not told
});
