import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BenchLine } from './bench-line.ts';
import { costOf } from './process-cost.ts';

const yahoo = resolve('../shared/data/ltr/yahoo-lightgbm'); // beside the repository, not part of it

/**
 * `counterrank run` of the Dual Learning Algorithm with a network of 512, 256 and 128 units on LightGBM's sample of Yahoo! LTRC, from its start to its end:
 * log, training until the held-out loss has passed its best, metrics, page. On the backend `blas`, and on `wasm`.
 */
export async function benchDualLearning(data = yahoo, program = resolve('dist/experiments/main.js')): Promise<BenchLine[]> {
  if (!existsSync(data)) {
    console.error(`the Dual Learning Algorithm is not measured: no folder "${data}"`);
    return [];
  }
  const folder = await mkdtemp(join(tmpdir(), 'counterrank-bench-'));
  const run = async (backend: string) => {
    const out = join(folder, backend);
    const config = ['ranker={name: mlp, hidden: [512, 256, 128]}', 'estimators=[dual-learning]', 'baseline=dual-learning', 'seeds=1'];
    const words = [resolve('experiments/configs/quickstart.yaml'), `data.path=${data}`, ...config, '--backend', backend];
    return costOf([program, 'run', ...words, '-j', '1', '--out', out, '--no-cache', '--quiet']);
  };
  try {
    const wasm = await run('wasm');
    const blas = await run('blas').catch((error: Error) => void console.error(error.message.split('\n')[1]));
    const name = 'Dual Learning Algorithm with a network on Yahoo!, processor time';
    return [
      { name: `${name}, wasm`, value: wasm.seconds, unit: 's' },
      ...(blas
        ? [{ name: 'the same, blas', value: blas.seconds, unit: 's', ratio: wasm.seconds / blas.seconds, baseline: 'as fast as wasm' }]
        : []),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}
