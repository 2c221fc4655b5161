import { trainingNotes } from '../../../experiments/tasks/shared/training.ts';

/** What is said of training that ended so. */
const said = (state: string, best_step: number) =>
  trainingNotes.filter(({ holds }) => holds({ state, best_step, steps: 9, message: '' })).map(({ words }) => words);

test('training that diverged is not said to have learnt nothing, but what to do', () => {
  expect(said('diverged', 0)).toEqual(['training diverged (lower the learning rate)']);
  expect(said('early-stopped', 0)).toEqual(['nothing learnt, as no step lowered the held-out loss,']);
  expect(said('early-stopped', 5)).toEqual([]);
});
