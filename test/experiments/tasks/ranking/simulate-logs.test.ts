import { builtIn } from '../../../../experiments/catalogue/catalogue.ts';
import { readData } from '../../../../experiments/tasks/ranking/load-data.ts';
import { drawLogs, makeClickModel } from '../../../../experiments/tasks/ranking/simulate-logs.ts';
import { attractionFromLabels, productionRanker, simulateClickLog } from '../../../../simulators/index.ts';
import { createRng } from '../../../../src/random/rng.ts';
import { tinyConfig } from '../../tiny-runs.ts';

const { parts } = builtIn();
const config = tinyConfig({ simulation: { sessions: 800, validationSessions: 800, randomisedSessions: 800, temperature: 0.5 } });
const { simulation } = config;
const { train: querySet } = await readData(config.data);
/** Training and validation queries are the same, so that logs differ by what is drawn only. */
const splits = { train: querySet, validation: querySet, test: querySet };
const rng = () => createRng('run/1');
const highestGrade = querySet.labels.reduce((most, label) => Math.max(most, label), 0);

/** The log that a stream draws under a policy, put together from the simulators alone. */
function drawnFrom(stream: string, policy: object) {
  const scores = productionRanker(querySet, { ...simulation.production, highestGrade }, rng().fork('production'))(querySet);
  const attraction = attractionFromLabels(querySet.labels, { noise: simulation.noise, highestGrade });
  const clickModel = makeClickModel(parts, simulation);
  const { positions } = simulation;
  return simulateClickLog({ querySet, scores, attraction, clickModel, positions, sessions: 800, ...policy }, rng().fork(stream)).log;
}

const drawn = drawLogs(parts, config, splits, rng());
const { temperature, listsPerQuery } = simulation;

test.each([
  ['train', 'clicks', { temperature, listsPerQuery }],
  ['validation', 'validation-clicks', { temperature, listsPerQuery }],
  [
    'randomised',
    'randomised-clicks',
    { listsPerQuery: Math.max(1, Math.round(800 / (querySet.offsets.length - 1) / simulation.positions)), shuffled: true },
  ],
] as const)('%s: clicks of the stream %s', (part, stream, policy) => expect(drawn[part]?.log).toEqual(drawnFrom(stream, policy)));

test('training, validation and randomised clicks are drawn apart', () => {
  expect(drawn.validation?.log).not.toEqual(drawn.train.log);
  expect(drawn.randomised?.log).not.toEqual(drawn.train.log);
});

test('several policies: each with its share, its ranker and its temperature; what it leaves out is that of the simulation', () => {
  const several = tinyConfig({
    simulation: {
      sessions: 800,
      validationSessions: 0,
      temperature: 0.5,
      policies: [{ share: 3 }, { production: { share: 0.5 }, temperature: 0 }],
    },
  });
  const own = (share: number, stream: string) => productionRanker(querySet, { share, highestGrade }, rng().fork(stream))(querySet);
  const { policies } = drawLogs(parts, several, splits, rng()).train.log;
  expect(new Set(policies)).toEqual(new Set([0, 1]));
  expect(drawLogs(parts, several, splits, rng()).train.log).toEqual(
    drawnFrom('clicks', {
      policies: [
        { share: 3, scores: own(simulation.production.share, 'production'), temperature: 0.5, listsPerQuery: 1 },
        { share: 1, scores: own(0.5, 'production 1'), temperature: 0, listsPerQuery: 1 },
      ],
    }),
  );
});
