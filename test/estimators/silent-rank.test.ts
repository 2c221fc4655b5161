import { type BiasEstimatorEntry, biasEstimators, type LearningInput, makeBias } from '../../estimators/index.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import { createRng } from '../../src/random/rng.ts';

/** Two documents that swap ranks, and a third that is seen at rank 3 and never clicked. */
function silentAt3() {
  const builder = new ClickLogBuilder(2, 1);
  for (const context of [0, 1])
    for (const docs of [
      [0, 1, 2],
      [1, 0, 2],
      [2, 1, 0],
    ]) {
      const list = builder.addList(0, docs, context, 0);
      builder.addRow(list, [1, 0, 0], 30);
      builder.addRow(list, [0, 1, 0], 10);
      builder.addRow(list, [0, 0, 0], 60);
    }
  return builder.build();
}

const told = new Set(['oracle', 'given', 'saved', 'rand-pair', 'adjacent-swap', 'fair-pairs', 'randomisation']); // of others than the log
const learnt = Object.entries<BiasEstimatorEntry>(biasEstimators).filter(([name]) => !told.has(name));

test.each([
  ...learnt.map(([name]) => ({ name })),
  { name: 'click-model', model: 'user-browsing' },
  { name: 'click-model', model: 'contextual-position-based' },
  { name: 'click-model', fit: { attraction: 'features' } },
  { name: 'regression-em', relevance: 'tabular' },
  { name: 'trust-bias', relevance: 'features' },
])('a rank that nobody clicked is refused by its number: %j', (choice) => {
  const querySet = { offsets: Uint32Array.of(0, 3), labels: new Float32Array(3), features: Float32Array.of(0, 1, 2), featureCount: 1 };
  const input = { train: { log: silentAt3(), querySet, knownBias: null }, rng: createRng('silent') } as unknown as LearningInput;
  expect(() => makeBias(choice as never)(input)).toThrow(/ranks? (\d and )?3\b/);
});
