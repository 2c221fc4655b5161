import { writeFileSync } from 'node:fs';

export const topics = 24;
/** Judged topics with a relevant document each, and three runs that put it at another rank from topic to topic. */
const rankOf: Readonly<Record<string, (t: number) => number>> = {
  'old.run': (t) => 1 + (t % 4),
  'new.run': (t) => 1 + (t % 2),
  'odd.run': (t) => 1 + ((t * 7) % 5),
};
export const reciprocal = (run: string) => Array.from({ length: topics }, (_, t) => 1 / rankOf[run](t));
export const ids = Array.from({ length: topics }, (_, t) => `t${t + 10}`);

/** Writes `qrels` and the three runs into the working folder. */
export function writeFiles(): void {
  writeFileSync('qrels', ids.map((id) => `${id} 0 good 1\n${id} 0 bad1 0\n`).join(''));
  for (const [run, rank] of Object.entries(rankOf)) {
    const documents = (t: number) => ['bad1', 'bad2', 'bad3', 'bad4', 'bad5'].toSpliced(rank(t) - 1, 0, 'good');
    writeFileSync(
      run,
      ids.flatMap((id, t) => documents(t).map((document, k) => `${id} Q0 ${document} ${k + 1} ${10 - k} ${run}\n`)).join(''),
    );
  }
}
