import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Of Node what a browser lacks: its names are there, so that all modules load, and what calls one is told. */
const absentNode = {
  name: 'Node is absent',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(node:|(${builtinModules.join('|')})$)`) }, ({ path }) => ({ path, namespace: 'absent' }));
    onResolve({ filter: /^csv-parse(\/|$)/ }, ({ path }) => ({ path, namespace: 'absent' })); // of files, by Node's streams
    onLoad({ filter: /./, namespace: 'absent' }, async ({ path }) => {
      const { default: _, 'module.exports': __, ...there } = await import(path);
      return {
        contents: [
          ...(path.endsWith('module') ? ["import * as mlMatrix from 'ml-matrix';"] : []),
          `const absent = (name) => { throw new Error('${path}: ' + name + ' is of Node, and this is the build of counterrank for browsers'); };`,
          'const nothing = new Proxy({}, { get: () => ({}) });', // of constants
          ...Object.entries(there).map(([name, value]) => {
            if (name === 'createRequire')
              // of what is read only when it is needed
              return "export const createRequire = () => (name) => (name === 'ml-matrix' ? mlMatrix : absent(name));";
            return `export const ${name} = ${typeof value === 'function' ? `function () { return absent('${name}'); }` : 'nothing'};`;
          }),
        ].join('\n'),
        resolveDir: import.meta.dirname,
      };
    });
  },
};

/** Tensors by loops, without TensorFlow. */
const lightTensors = {
  name: 'tensors without packages',
  setup({ onResolve }) {
    onResolve({ filter: /\/backend-rungs\.ts$/ }, () => ({ path: join(import.meta.dirname, 'src/tensor/browser-rungs.ts') }));
  },
};

/**
 * The core for browsers, in `browser` of a build: the four areas without files and processes as modules that share their chunks, and the script of the playground.
 * @param plugins those of the build for Node that hold here too
 */
export async function buildForBrowsers(outdir, plugins) {
  const common = {
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    define: { Buffer: 'Uint8Array' }, // as far as modules need one to load
    metafile: true,
    plugins: [absentNode, lightTensors, ...plugins],
    logLevel: 'warning',
  };
  const areas = await build({
    ...common,
    entryPoints: ['src', 'click-models', 'simulators', 'estimators'].map((area) => `${area}/index.ts`),
    outdir: join(outdir, 'browser'),
    outbase: '.',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    sourcemap: true,
    sourcesContent: false,
  });
  const page = await build({
    ...common,
    entryPoints: ['experiments/playground/page.ts'],
    outfile: join(outdir, 'browser/playground.js'),
    format: 'iife', // it stands within the page
    logOverride: { 'empty-import-meta': 'silent' }, // of createRequire, which takes no notice
    minify: true,
  });
  return [areas, page].flatMap(({ metafile }) => Object.keys(metafile.outputs));
}
