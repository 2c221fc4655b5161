import type { StudyConfig } from '../config/config-kind.ts';
import type { ExpectedWork, Task } from '../engine/task.ts';

/** From how many seconds on it is said before work begins. */
const long = 90;

/** Says of work that will take minutes how long, what takes it, and what would take less. @param most processes that there are cores for */
export async function tellExpected(
  all: readonly { readonly task: Task; readonly config: StudyConfig }[],
  jobs: number,
  most: number,
): Promise<void> {
  const works: ExpectedWork[] = [];
  for (const { task, config } of all) {
    const work = await task.expectedWork?.(config);
    if (work) works.push(work);
  }
  const line = expectedLine(works, jobs, most);
  if (line !== null) console.error(line);
}

/** `about 20 minutes: mlp × 30; -j 8, or ranker=linear`; null where it is not worth a word. */
export function expectedLine(works: readonly ExpectedWork[], jobs: number, most: number): string | null {
  if (works.length === 0) return null;
  const parts = works.reduce((sum, work) => sum + work.parts, 0);
  const seconds = works.reduce((sum, work) => sum + work.seconds, 0) / Math.min(jobs, parts);
  if (seconds < long) return null;
  const first = works.reduce((most, work) => (work.seconds > most.seconds ? work : most));
  const more = Math.min(most, parts);
  const ways = [...(more > jobs ? [`-j ${more}`] : []), ...(first.lighter === null ? [] : [first.lighter])];
  const what = works.length === 1 ? first.what : `${works.length} runs, each ${first.what}`;
  return `about ${roughly(seconds)}: ${what}${ways.length === 0 ? '' : `; ${ways.join(', or ')} takes less`}`;
}

/** One figure, as an estimate has. */
function roughly(seconds: number): string {
  const minutes = seconds / 60;
  if (minutes >= 100) return `${Number((minutes / 60).toPrecision(minutes / 60 < 10 ? 1 : 2))} hours`;
  return `${Math.max(2, Number(minutes.toPrecision(1)))} minutes`;
}
