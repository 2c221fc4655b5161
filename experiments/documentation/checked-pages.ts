import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const isMade = (file: string) => /^docs\/(methods|api)\//.test(file); // of these a test reads the commands

/** Pages whose shell blocks `npm run docs:check` runs. @param root of the repository */
export async function checkedPages(root: string): Promise<string[]> {
  const docs = (await readdir(join(root, 'docs'), { recursive: true })).map((name) => `docs/${name}`);
  return [
    'README.md',
    'CONTRIBUTING.md',
    ...docs.filter((name) => name.endsWith('.md') && !isMade(name)).sort(),
    'experiments/SWEEPS.md',
    'experiments/notebooks/README.md',
  ];
}
