import type { Task } from '../engine/task.ts';
import type { Parts } from '../parts/parts.ts';
import { biasStudies } from './bias/index.ts';
import { clickModelStudies } from './click-models/index.ts';
import { conversions } from './conversions/index.ts';
import { explicitFeedback } from './explicit-feedback/index.ts';
import { implicitFeedback } from './implicit-feedback/index.ts';
import { ownLog } from './own-log/index.ts';
import { ranking } from './ranking/index.ts';

/** Every kind of study by the `task` of its config. A new one is one folder and one line here. */
export const tasks: Readonly<Record<string, (parts: Parts) => Task>> = {
  ranking: (parts) => ranking(parts),
  'implicit-feedback': implicitFeedback,
  'explicit-feedback': explicitFeedback,
  conversions,
  'click-models': clickModelStudies,
  bias: biasStudies,
  'own-log': ownLog,
};
