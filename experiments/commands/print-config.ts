import { Option } from 'commander';
import { stringify } from 'yaml';
import type { StudyConfig } from '../config/config-kind.ts';

export const printConfigOption = () =>
  new Option('--print-config', 'print the config as it would be used, every default filled in; do nothing');

/** The config as a file that says the same; one that is printed can be run. */
export function printConfig(config: StudyConfig): void {
  process.stdout.write(stringify(config));
}
