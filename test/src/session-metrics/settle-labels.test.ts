import type { LabelSource } from '../../../src/session-metrics/label-options.ts';
import { settleLabels } from '../../../src/session-metrics/settle-labels.ts';
import { gradedSession, letterSession } from './letter-sessions.ts';

const log = (sessions: ReturnType<typeof letterSession>[], labels: LabelSource = 'grade', highestGrade: number | null = null) => ({
  sessions,
  labels,
  highestGrade,
});
const clicked = letterSession('Ab');
const useful = letterSession('Ab', () => ({ usefulness: 2.5 }));
const graded = gradedSession('a3 b0');

test.each([
  ['grades where there are some, as high as they go', [log([clicked, graded])], {}, { labels: 'grade', highestGrade: 3 }],
  [
    'the highest over all logs, and over judgments',
    [log([graded]), log([{ ...clicked, judged: [4] }])],
    {},
    { labels: 'grade', highestGrade: 4 },
  ],
  ['usefulness where there is no grade', [log([useful])], {}, { labels: 'usefulness', highestGrade: 3 }],
  ['clicks where there is neither', [log([clicked])], {}, { labels: 'click', highestGrade: 1 }],
  ['the form of the log', [log([useful], 'usefulness', 4)], {}, { labels: 'usefulness', highestGrade: 4 }],
  ['clicks if the form says so', [log([clicked], 'click', 1)], {}, { labels: 'click', highestGrade: 1 }],
  ['what the caller says', [log([useful], 'usefulness', 4)], { labels: 'click' as const }, { labels: 'click', highestGrade: 1 }],
  ['what the caller says of the scale', [log([graded])], { highestGrade: 5 }, { labels: 'grade', highestGrade: 5 }],
  ['grades although no result has one', [log([clicked])], { labels: 'grade' as const }, { labels: 'grade', highestGrade: 1 }],
])('%s', (_name, logs, given, expected) => {
  expect(settleLabels(logs, given)).toEqual(expected);
});
