import { configVariants } from '../../../experiments/sweep/config-variants.ts';
import type { RecommendationConfig } from '../../../experiments/tasks/recommendation/recommendation-config.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';

const folder = temporaryFolder();
const file = folder.put('own.yaml', 'task: implicit-feedback\nworld: {name: synthetic, users: 9}\nsweep: {grid: {world.items: [5, 6]}}\n');
const worlds = async (...words: string[]) =>
  (await configVariants(file, words, [])).map(({ varied, config }) => [varied, (config as RecommendationConfig).world]);

test('one config where no key has several values, without the file’s own sweep', async () => {
  expect(await worlds('world.power=2')).toEqual([[[], expect.objectContaining({ users: 9, items: 300, power: 2 })]]);
});

test('every combination, named by what varies alone', async () => {
  const found = await worlds('world.power=1,3', 'world.users=7', 'world.items=log(10,1000,3)');
  expect(found.map(([varied]) => varied)).toEqual(
    [1, 3].flatMap((power) => [10, 100, 1000].map((items) => [`world.power=${power}`, `world.items=${items}`])),
  );
  expect(found[4][1]).toMatchObject({ power: 3, users: 7, items: 100 });
});

test.each([
  [['seed=1,2'], /averaged over/],
  [['seeds=1..3'], /averaged over/],
  [['world.power=1..2000'], /2000 combinations/],
  [['world.power=1,-1'], /world\.power/],
  [['world.power'], /not an override/],
])('%j is refused', async (words, message) => {
  await expect(configVariants(file, words, [])).rejects.toThrow(message);
});
