import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { jobLine } from '../sweep/slurm-jobs.ts';
import { sweepIn } from '../sweep/sweep-file.ts';
import { countLine, runLines, timeLine } from '../sweep/sweep-lines.ts';
import { meanSeconds, sweepState } from '../sweep/sweep-state.ts';
import { tell } from '../terminal/wrap-words.ts';

export const statusCommand = () =>
  new Command('status')
    .description('how far a sweep is, wherever it runs: what is finished, failed, running, waiting')
    .argument('<folder>', 'of a sweep')
    .option('--runs', 'also one line for each run')
    .addHelpText('after', helpText)
    .action(async (folder: string, { runs }: { runs?: boolean }) => {
      const sweep = await sweepIn(folder);
      const states = await sweepState(folder, sweep);
      const lines = runs ? [...runLines(states), ''] : [];
      lines.push(countLine(states));
      const running = states.filter(({ state }) => state === 'running').length;
      lines.push(timeLine(states, await meanSeconds(states), running || availableParallelism()));
      const jobs = await jobLine(folder);
      if (jobs !== null) lines.push(jobs);
      for (const { state, folder: place } of states) if (state === 'failed') lines.push(`failed: ${place}/error.txt, log.txt`);
      tell(lines.join('\n'));
    });

const helpText = `
Example:
  counterrank sweep status runs/quickstart-sweep`;
