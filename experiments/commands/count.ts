import { Command } from 'commander';
import { addCountOptions, countFiles } from './import.ts';

export const countCommand = () =>
  addCountOptions(
    new Command('count').argument('<files...>', 'as of counterrank import; or logs that it wrote, whose parts are shared out'),
  )
    .option('--out <dir>', 'folder to write the counted part into; must not exist')
    .option(
      '--shard <i/n>',
      'the i-th of n parts of the files (1/8 … 8/8); auto/8: the one that a job array of Slurm, Kubernetes or AWS Batch is at',
    )
    .addHelpText('after', helpText)
    .action(countFiles);

const helpText = `
The map of a map and a merge: each machine counts its share of the files, and counterrank merge adds up what they counted, which then is what
counterrank import of all files writes. The rows of a session must be in one file.

Examples:
  counterrank count logs/ --session sid --shard 1/8 --out parts/1
  counterrank count logs/ --session sid --shard auto/8 --out parts/$SLURM_ARRAY_TASK_ID
  counterrank merge parts/* --out log

docs/log-store.md has the scripts for Slurm and Kubernetes.`;
