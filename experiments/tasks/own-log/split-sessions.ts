import { type ClickLog, sessionsOf } from '../../../src/data/click-log.ts';
import type { SessionOrder } from '../../../src/data/named-logs/named-click-log.ts';
import { splitClickLog } from '../../../src/data/split-click-log.ts';
import { UsageError } from '../../../src/errors.ts';
import type { OwnLogConfig } from './own-log-config.ts';

/** The sessions of a log in three parts, which share its lists. */
export interface SessionParts {
  readonly train: ClickLog;
  readonly validation: ClickLog;
  readonly test: ClickLog;
}

/**
 * By session at random, or with the last ones, or those of some queries, for the test; the rest is dealt to training and validation at random, by
 * query too where the test is. @throws UsageError where a part would be empty, or the log's order is not known
 */
export function splitSessions(
  { log, order }: { readonly log: ClickLog; readonly order?: SessionOrder | undefined },
  { by, validation, test }: OwnLogConfig['split'],
  seed: string,
): SessionParts {
  if (sessionsOf(log) < 10)
    throw new UsageError(`a log of ${sessionsOf(log)} sessions is too short to learn from part of it and test on the rest`);
  if (by === 'time' && order === undefined)
    throw new UsageError(
      'split.by=time goes by the order of the sessions, which neither simulated ones have nor an imported log without times (counterrank import --time COLUMN); split by session or query',
    );
  const [rest, last] = splitClickLog({ log, ...(order && { order }) }, { by, share: 1 - test, seed: `${seed}/test` });
  const [train, held] = splitClickLog(
    { log: rest },
    { by: by === 'query' ? 'query' : 'session', share: 1 - validation / (1 - test), seed: `${seed}/validation` },
  );
  return { train, validation: held, test: last };
}
