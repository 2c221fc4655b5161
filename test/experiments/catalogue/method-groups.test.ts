import { builtIn } from '../../../experiments/catalogue/catalogue.ts';
import { methodGroups } from '../../../experiments/catalogue/method-groups.ts';
import type { Task } from '../../../experiments/engine/task.ts';

const { ranking } = builtIn().tasks;
/** The groups that are there where the package has this task. */
const kindsWith = (task: Task) =>
  methodGroups({ ...builtIn(), tasks: { ...builtIn().tasks, [task.name]: task } }).map(
    ({ kind, methods }) => `${kind}: ${methods.map(({ name }) => name).join(', ')}`,
  );
const groups = kindsWith(ranking);

test('a task with methods of its own has them listed, be its name that of one of the package', () => {
  const methods = { heads: { description: 'heads' }, tails: { description: 'tails' } };
  for (const name of ['coin-flip', 'ranking'])
    expect(kindsWith({ ...ranking, name, methods })).toContain(`Methods of ${name} (task: ${name}, estimators): heads, tails`);
});

test('a task whose methods are a registry of parts lists those of its own only', () => {
  expect(groups.filter((group) => group.startsWith('Methods of'))).toEqual([
    'Methods of ranking (task: ranking, estimators): counterfactual',
    'Methods of click-models (task: click-models, estimators): truth',
    'Methods of own-log (task: own-log, estimators): counterfactual, document-relevance',
  ]);
  expect(kindsWith({ ...builtIn().tasks['implicit-feedback'], name: 'coin-flip' })).toHaveLength(groups.length);
});
