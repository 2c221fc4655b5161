import { readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { buildForBrowsers } from './browser-build.js';
import { groupedModules } from './build-groups.js';
import { aleaOfSeedrandom, lateBuiltIns, twoOfMathjs } from './build-plugins.js';

/**
 * Bundles the package into dist, beside the types that tsc puts there: few files, so that a command starts quickly and needs few open files.
 * All that can be entered from outside is built in one go and shares its chunks, so there is one copy of every class and registry, whichever
 * way it is reached: by the command line, by a worker, by a plugin that imports `counterrank`.
 */
const areas = ['src', 'click-models', 'simulators', 'estimators', 'experiments'];
const programs = [
  'experiments/main',
  'experiments/studies/main',
  'experiments/sweep/worker-main',
  'experiments/catalogue/seed-worker-main',
  'experiments/trec-runs/run-thread',
  'experiments/notebook/loader',
  'experiments/modules/register',
  'experiments/modules/typescript-hooks',
  // the command line in parts, for who drives it from a process of their own
  'experiments/commands/program',
  'experiments/catalogue/plugin-error',
  'experiments/terminal/fail',
];
/** Modules of many files, which are read all at once. Other packages are few files each, or must find their own. */
const bundled = [
  'vega',
  'vega-lite',
  'valibot',
  'marked',
  'saxes',
  'csv-parse',
  'fastest-levenshtein',
  'yaml',
  'commander',
  'mathjs',
  'cli-table3',
  'seedrandom',
];
const { dependencies, optionalDependencies } = JSON.parse(await (await import('node:fs/promises')).readFile('package.json', 'utf8'));

/** Where to, and what tests enter besides: they need no build for browsers then. */
const [outdir = 'dist', ...more] = process.argv.slice(2);
const settings = {
  entryPoints: [...areas.map((area) => `${area}/index`), ...programs, ...more].map((name) => `${name}.ts`),
  outdir,
  outbase: '.',
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  external: [...Object.keys({ ...dependencies, ...optionalDependencies }), '@tensorflow/tfjs-node'].filter(
    (name) => !bundled.includes(name),
  ),
  banner: { js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);" }, // for CommonJS that is bundled
  plugins: [twoOfMathjs, aleaOfSeedrandom, lateBuiltIns],
  logLevel: 'warning',
};
const { metafile: ungrouped } = await build({ ...settings, write: false, sourcemap: false });
/** What `counterrank evaluate` reads, which is over in a tenth of a second. */
const quick = ['experiments/commands/evaluate.ts', 'experiments/commands/evaluate-run-files.ts'];
const apart = (entry) => !entry.startsWith('experiments/') || /^experiments.(index|main|modules|notebook)/.test(entry);
const { metafile } = await build({ ...settings, plugins: [...settings.plugins, groupedModules(ungrouped, quick, apart)] });
const forBrowsers = more.length > 0 ? [] : await buildForBrowsers(outdir, [twoOfMathjs]);
/** For browsers too, so that it stands alone. */
const alone = await build({
  entryPoints: ['src/score.ts'],
  outdir,
  outbase: '.',
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  metafile: true,
  logLevel: 'warning',
});
const written = [...Object.keys(metafile.outputs), ...Object.keys(alone.metafile.outputs), ...forBrowsers];
const made = new Set(written.map((name) => relative(outdir, name)));
for (const name of readdirSync(outdir, { recursive: true, encoding: 'utf8' }))
  if (/\.js(\.map)?$/.test(name) && !made.has(name)) rmSync(join(outdir, name)); // of an earlier build
