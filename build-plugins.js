/** The two functions of mathjs that are used, in place of the module that reads the whole of it. */
export const twoOfMathjs = {
  name: 'two functions of mathjs',
  setup: ({ onLoad }) =>
    void onLoad({ filter: /src\/stats\/mathjs\.ts$/ }, () => ({
      contents: `
        import { createErf } from './node_modules/mathjs/lib/esm/function/special/erf.js';
        export { lgammaNumber as lgamma } from './node_modules/mathjs/lib/esm/plain/number/probability.js';
        export const erf = createErf({ typed: Object.assign((_, { number }) => number, { referToSelf: () => null }) });`,
      resolveDir: import.meta.dirname,
    })),
};

/** The one generator of seedrandom that is used: the others ask for the whole of Node's cryptography. */
export const aleaOfSeedrandom = {
  name: 'alea of seedrandom',
  setup: ({ onLoad }) =>
    void onLoad({ filter: /node_modules\/seedrandom\/index\.js$/ }, () => ({ contents: "exports.alea = require('./lib/alea');" })),
};

/** Functions of modules of Node's own that are read when one is called: each costs a small command milliseconds, and few of them call any. */
const late = {
  'node:crypto': ['createHash', 'randomBytes'],
  'node:zlib': ['createGunzip', 'createGzip', 'deflateSync'],
  'node:child_process': ['spawn'],
};
export const lateBuiltIns = {
  name: "Node's modules when they are needed",
  setup({ onResolve, onLoad }) {
    const asLate = (path) => ({ path, namespace: 'late' });
    onResolve({ filter: /^node:/, namespace: 'late' }, ({ path }) => ({ path, external: true })); // Node's own, which these ask for
    onResolve({ filter: /^node:(crypto|zlib)$/, namespace: 'file' }, ({ path, importer }) =>
      /src.data.arrow/.test(importer) ? undefined : asLate(path),
    ); // Arrow asks what this Node can unpack
    onResolve({ filter: /^node:child_process$/, namespace: 'file' }, ({ path, importer }) =>
      /node_modules.commander/.test(importer) ? asLate(path) : undefined,
    );
    onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({
      contents: late[path].map((name) => `export const ${name} = (...values) => require('${path}').${name}(...values);`).join('\n'),
    }));
  },
};
