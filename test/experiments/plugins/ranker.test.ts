import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Finished } from '../copied-package.ts';
import { tinyConfig } from '../sweep/run-program.ts';
import { linkBuild, userFolder } from './user-folder.ts';

/** s(x) = Σ w_f · x_f ^ power: a ranker of a plugin, with an option that a stored model has to remember. */
const plugin = (architecture: string) => `
import { positive, strictObject, optional } from 'counterrank';
const options = strictObject({ power: optional(positive(), 2) });
export const rankers = {
  powers: {
    description: 'weighted sum of powers of the features',
    options,
    create({ power }, featureCount) {
      const parameters = new Float32Array(featureCount);
      const score = (features) =>
        Float32Array.from({ length: features.length / featureCount }, (_, row) =>
          parameters.reduce((sum, w, f) => sum + w * features[row * featureCount + f] ** power, 0));
      return {
        name: 'powers', featureCount, parameters, score, dispose() {},
        architecture: ${architecture},
        lossGradient(features, loss, gradient) {
          const scores = score(features);
          const slopes = new Float32Array(scores.length);
          const value = loss(scores, slopes);
          gradient.fill(0);
          for (const [row, slope] of slopes.entries())
            for (let f = 0; f < featureCount; f++) gradient[f] += slope * features[row * featureCount + f] ** power;
          return value;
        },
      };
    },
  },
};
`;

const user = userFolder(linkBuild);
const judged = ['1 qid:1', '0 qid:1', '0 qid:2', '2 qid:2'].map(
  (row, d) => `${row} ${[1, 2, 3].map((f) => `${f}:${(d * f) % 7}`).join(' ')}\n`,
);
let [trained, repeated, evaluated, alone, nameless, otherwise]: Finished[] = [];

beforeAll(async () => {
  user.install();
  user.write('powers.mjs', plugin("{ name: 'custom', ranker: 'powers', featureCount, options: { power } }"));
  user.write('nameless.mjs', plugin("{ name: 'powers', featureCount }"));
  user.write('otherwise.mjs', plugin("{ name: 'custom', ranker: 'power', featureCount, options: { power } }"));
  user.write('tiny.yaml', tinyConfig);
  user.write('judged.txt', judged.join(''));
  const run = (file: string, out: string) => [
    'run',
    'tiny.yaml',
    'ranker={name: powers, power: 3}',
    '--plugin',
    file,
    '--out',
    out,
    '--quiet',
  ];
  const evaluate = ['evaluate', 'out/models/1/naive', 'out/models/1/ips', '--data', 'judged.txt', '--quiet'];
  [trained, repeated, evaluated, alone, nameless, otherwise] = await user.counterrankEach([
    run('powers.mjs', 'out'),
    ['run', 'out/config.json', '--out', 'again', '--quiet'],
    [...evaluate, '--plugin', 'powers.mjs'],
    evaluate,
    run('nameless.mjs', 'nameless'),
    run('otherwise.mjs', 'otherwise'),
  ]);
});

test('trains, and its record does again', () => {
  expect([trained, repeated]).toMatchObject([
    { code: 0, err: '' },
    { code: 0, err: '' },
  ]);
  expect(user.read('again/metrics.csv')).toBe(user.read('out/metrics.csv'));
});

test('its models are read back with the plugin, and refused without', () => {
  expect(JSON.parse(user.read('out/models/1/ips/model.json')).userDefinedMetadata.architecture).toMatchObject({ options: { power: 3 } });
  expect(evaluated).toMatchObject({ code: 0, err: '' });
  expect(evaluated.out).toMatch(/naive[\s\S]*ips/);
  expect(alone.code).toBe(2);
  expect(alone.err).toMatch(/^error: a model of ranker "powers".*--plugin/);
});

test('one whose models could not be read back is refused before it is trained', () => {
  for (const { code, err } of [nameless, otherwise]) {
    expect(code).toBe(2);
    expect(err).toContain('their architecture must be { name: "custom", ranker: "powers", featureCount, options: those of create }');
  }
  expect(existsSync(join(user.path, 'nameless'))).toBe(false);
});
