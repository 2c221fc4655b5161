import { Command } from 'commander';
import { addRoomOptions } from './import.ts';
import { runMerge } from './run-import.ts';

export const mergeCommand = () =>
  addRoomOptions(new Command('merge').argument('<logs...>', 'what counterrank count or import wrote, by the same columns'))
    .requiredOption('--out <dir>', 'folder to write the log into; must not exist')
    .option('--json', 'print what was written as JSON')
    .addHelpText('after', helpText)
    .action(runMerge);

const helpText = `
Equal lists become one, and equal rows one with the sum of their counts.

Examples:
  counterrank merge parts/* --out log
  counterrank merge log-2024 log-2025 --out log`;
