import { stat } from 'node:fs/promises';
import type { ExpectedWork } from '../../engine/task.ts';
import { dataFiles } from './load-data.ts';
import type { RankingConfig } from './ranking-config.ts';

/** Multiplications and additions a second of one process, on one core of 2020 with the usual backends: within a factor of three of most. */
const perSecond = 8e9;
/** Steps until nothing better comes, where patience stops training; of the reference, which is trained until its loss settles. */
const usualSteps = { learner: 150, skyline: 400 };
/** Of files of judged queries: features of a document, bytes of a feature, documents of a query. */
const usualFile = { features: 136, bytes: 11, documents: 100 };

/**
 * How long networks will be trained, from the size of the data and of the networks: 6 operations a weight and document of a step (forwards, and
 * backwards twice). null where there are none: everything else takes seconds, or says how far it is.
 */
export async function expectedWork(config: RankingConfig): Promise<ExpectedWork | null> {
  const { seeds, estimators, ranker, training } = config;
  const { queries, documents, features } = await sizeOf(config);
  const { listsPerQuery, positions } = config.simulation;
  const shown = Math.min(documents, queries * listsPerQuery * positions);
  let [operations, trainings] = [0, 0];
  const names = new Set<string>();
  for (const method of estimators) {
    const own = method.ranker ?? ranker;
    if (own.name !== 'mlp' || method.name === 'production') continue;
    const { hidden } = own as { readonly hidden: readonly number[] };
    const widths = [features, ...hidden, 1];
    const weights = hidden.reduce((sum, width, l) => sum + widths[l] * width, widths[widths.length - 2]);
    const usual = method.name === 'skyline' ? usualSteps.skyline : usualSteps.learner;
    const steps = training.patience === null ? training.steps : Math.min(training.steps, usual);
    const batch = method.name === 'skyline' ? documents : training.batchLists === 'all' ? shown : training.batchLists * positions;
    operations += 6 * weights * Math.min(batch, documents) * steps * seeds.length;
    trainings += seeds.length;
    names.add(own.name);
  }
  if (trainings === 0) return null;
  return {
    seconds: operations / perSecond,
    what: `${[...names].join(', ')} × ${trainings}`,
    parts: seeds.length,
    lighter: 'ranker=linear',
  };
}

async function sizeOf({ data }: RankingConfig): Promise<{ queries: number; documents: number; features: number }> {
  if (data.path === null) {
    const { trainQueries, documentsPerQuery, features } = data.synthetic;
    return { queries: trainQueries, documents: (trainQueries * (documentsPerQuery[0] + documentsPerQuery[1])) / 2, features };
  }
  const [first] = await dataFiles(data);
  const bytes = await stat(first).then(
    ({ size }) => size,
    () => 0, // it is told when it is read
  );
  const folds = data.folds?.length ?? 1;
  const documents = (folds * bytes) / usualFile.bytes / usualFile.features;
  return { queries: documents / usualFile.documents, documents, features: usualFile.features };
}
