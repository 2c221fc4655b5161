/**
 * Mutation run: `npm run mutants -- --mutate 'src/learners/**'` breaks sources, one small change at a time, and counts how many of the changes
 * some test of the mirroring folder notices.
 */
const given = process.argv[process.argv.indexOf('--mutate') + 1];
const sources = process.argv.includes('--mutate') ? given.split(',') : ['estimators/*.ts', 'src/learners/*.ts'];
const folders = new Set(sources.map((pattern) => pattern.replace(/\/?[^/]*[*.].*$/, '')));

export default {
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: {
    config: {
      testEnvironment: `${import.meta.dirname}/fast-environment.js`,
      testMatch: [...folders].map((folder) => `<rootDir>/test/${folder}/*.test.ts`),
    },
    enableFindRelatedTests: false,
  },
  coverageAnalysis: 'perTest',
  mutate: sources,
  ignoreStatic: true,
  tsconfigFile: 'none', // Stryker's reader of it needs an older compiler
  timeoutMS: 60_000,
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { reportTests: false, allowColor: false },
};
