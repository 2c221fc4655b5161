import type { Scalar } from '../records/flatten-config.ts';
import type { StoredRun } from '../records/stored-run.ts';

/** What tells apart runs whose configs are the same, as before and after a change of code: grouped by only where that is asked. */
export const provenanceKeys: Readonly<Record<string, (run: StoredRun) => Scalar>> = {
  run: ({ id }) => id,
  'git.commit': ({ status: { git } }) => (git ? `${git.commit.slice(0, 8)}${git.dirty ? ' + changes' : ''}` : null),
};

export const isProvenance = (key: string): boolean => Object.hasOwn(provenanceKeys, key);
