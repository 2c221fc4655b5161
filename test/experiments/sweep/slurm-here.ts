import { execFileSync } from 'node:child_process';

const run = (command: string, ...words: string[]): string =>
  execFileSync(command, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 });

/** Why there is no Slurm to test with; null where it works. One that is installed is started, if it can be. */
export function noSlurm(): string | null {
  try {
    run('sbatch', '--version');
  } catch {
    return 'Slurm is not installed';
  }
  try {
    if (process.getuid?.() === 0) run('bash', 'experiments/slurm/setup-local.sh');
    return run('sinfo', '--noheader').includes('idle') ? null : 'Slurm has no idle node';
  } catch (error) {
    return `Slurm does not work: ${(error as { stderr?: string }).stderr ?? String(error)}`;
  }
}

/** Waits until none of Slurm's jobs is left in the queue. */
export async function queueEmpty(jobs: readonly string[]): Promise<void> {
  const left = () => {
    try {
      return run('squeue', '--noheader', `--jobs=${jobs.join(',')}`) !== '';
    } catch {
      return false; // forgotten already
    }
  };
  while (left()) await new Promise((later) => setTimeout(later, 200));
}
