import { stat } from 'node:fs/promises';
import { l2Candidates } from '../../../src/learners/choose-l2.ts';
import type { ExpectedWork } from '../../engine/task.ts';
import { expectedOf, type Part } from '../shared/expected-parts.ts';
import { clickModelSeconds, type TrainingSize, trainingSeconds } from '../shared/training-cost.ts';
import { dataFiles } from './load-data.ts';
import type { RankingConfig } from './ranking-config.ts';
import { composed } from './ranking-methods.ts';

/** Of files of judged queries: features of a document, bytes of a feature, documents of a query. */
const usualFile = { features: 136, bytes: 11, documents: 100 };
/** Rows of a list that differ in their clicks, about, however many sessions see it. */
const rowsOfList = 100;
const untrained = ['random', 'document-relevance'];
const references = ['skyline', 'production', 'expected-relevance'];

/** What the config of a task that learns rankings from lists says of its size. */
export type TrainingStudy = Pick<RankingConfig, 'seeds' | 'ranker' | 'training' | 'data' | 'simulation'> & {
  readonly estimators: readonly ({ readonly name: string } & Readonly<Record<string, unknown>>)[];
  readonly log?: unknown;
};

/** How long rankers will be trained and click models fitted, from the sizes of data, lists and rankers. */
export async function expectedWork(config: TrainingStudy): Promise<ExpectedWork | null> {
  const { seeds, estimators, ranker, training, simulation } = config;
  const size = await trainingSize(config);
  const lists = size.places / simulation.positions;
  const parts = estimators.flatMap((method): Part[] => {
    if (untrained.includes(method.name)) return [];
    const own = method.name === 'production' ? { name: 'linear' } : ((method.ranker ?? ranker) as typeof ranker);
    const weighting = (method.name === composed && nameOf(method.weighting)) || method.name;
    const isReference = references.includes(method.name);
    const once = trainingSeconds(weighting, own, size, training, simulation.positions, isReference);
    const fits = [method.name, nameOf(method.bias), nameOf(method.propensity), nameOf(method.clickModel)];
    const fitting = fits.some((name) => name !== null && /^click-model/.test(name))
      ? clickModelSeconds(Math.min(simulation.sessions, lists * rowsOfList), simulation.positions)
      : 0;
    const what = own.name === 'linear' ? weighting : own.name; // what it is that takes the time
    const times = method.name === 'production' ? 1 : trainings(own.name, training, size, simulation.validationSessions > 0);
    const seconds = once === null ? null : once * times;
    return seconds === null ? [] : [{ what, seconds: seconds + fitting, lighter: own.name === 'linear' ? null : 'ranker=linear' }];
  });
  return expectedOf(parts, seeds.length);
}

/** How often a ranker is trained for the best of several penalties. */
function trainings(ranker: string, { l2 }: TrainingStudy['training'], size: TrainingSize, heldOut: boolean): number {
  const { documents, perQuery, features } = size;
  return l2Candidates(l2, { linear: ranker === 'linear', features, queries: documents / perQuery, heldOut }).length;
}

/** Of a name, or a group with a name. */
function nameOf(choice: unknown): string | null {
  if (typeof choice === 'string') return choice;
  return typeof choice === 'object' && choice !== null && 'name' in choice ? String(choice.name) : null;
}

/** A recorded log is taken to show as many lists as the simulation would draw. */
async function trainingSize({ data, simulation }: TrainingStudy): Promise<TrainingSize> {
  const { queries, documents, features } = await sizeOf(data);
  return { documents, features, perQuery: documents / queries, places: queries * simulation.listsPerQuery * simulation.positions };
}

async function sizeOf(data: TrainingStudy['data']): Promise<{ queries: number; documents: number; features: number }> {
  if (data.path === null) {
    const { trainQueries, documentsPerQuery, features } = data.synthetic;
    return { queries: trainQueries, documents: (trainQueries * (documentsPerQuery[0] + documentsPerQuery[1])) / 2, features };
  }
  const [first] = await dataFiles(data);
  const bytes = await stat(first ?? data.path).then(
    ({ size }) => size,
    () => 0, // it is told when it is read
  );
  const folds = data.folds?.length ?? 1;
  const documents = Math.max(1, (folds * bytes) / usualFile.bytes / usualFile.features);
  return { queries: documents / usualFile.documents, documents, features: usualFile.features };
}
