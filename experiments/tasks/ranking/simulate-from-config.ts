import { truthToJson } from '../../../simulators/index.ts';
import { fitScaling, scaleFeatures } from '../../../src/data/scale-features.ts';
import { createRng } from '../../../src/random/rng.ts';
import type { SimulateFromConfig } from '../../engine/run-result.ts';
import { readData } from './load-data.ts';
import { drawLogs } from './simulate-logs.ts';

/** The logs that the first seed of a run would learn from, and their truth. The query sets come as read, features not scaled. */
export const simulateFromConfig: SimulateFromConfig = async (config, onProgress) => {
  onProgress({ stage: 'data', done: 0, total: 2, detail: config.data.path ?? 'synthetic' });
  const splits = await readData(config.data);
  const scaling = fitScaling(splits.train, config.data.scale);
  const scaled = {
    train: scaleFeatures(splits.train, scaling),
    validation: scaleFeatures(splits.validation, scaling),
    test: scaleFeatures(splits.test, scaling),
  };
  onProgress({ stage: 'simulate', done: 1, total: 2, detail: config.simulation.clickModel.name });
  const drawn = drawLogs(config, scaled, createRng(`run/${config.seeds[0]}`));
  onProgress({ stage: 'done', done: 2, total: 2, detail: '' });
  return {
    splits,
    trainLog: drawn.train.log,
    validationLog: drawn.validation?.log ?? null,
    randomisedLog: drawn.randomised?.log ?? null,
    truth: {
      train: truthToJson(drawn.train.truth),
      validation: drawn.validation && truthToJson(drawn.validation.truth),
      randomised: drawn.randomised && truthToJson(drawn.randomised.truth),
    },
  };
};
