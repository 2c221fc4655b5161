import { tmpdir } from 'node:os';
import { join } from 'node:path';

process.env.COUNTERRANK_CACHE = join(tmpdir(), 'counterrank-test-cache'); // not the developer's own
delete process.env.NODE_EXTRA_CA_CERTS; // tests ask nobody, and each of the processes that they start would read them
process.env.TZ = 'America/St_Johns'; // so that a time that should be UTC shows where it is not

/** Tests run as native ES modules; swc only strips the types. */
export default {
  testEnvironment: '<rootDir>/test/fast-environment.js',
  setupFilesAfterEnv: ['<rootDir>/test/quick-expect.js'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^counterrank$': '<rootDir>/src/index.ts',
    '^counterrank/([a-z-]+)$': '<rootDir>/$1/index.ts',
    '^(vega|vega-lite)$': '<rootDir>/test/shared-packages/$1.js',
    '^mathjs/number$': '<rootDir>/test/shared-packages/mathjs-number.cjs',
  },
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  maxWorkers: '100%', // the default leaves one core idle, which of two is half
  workerIdleMemoryLimit: '1GB', // a module graph that was read stays in memory: a worker that lives long collects garbage more than it tests
  testTimeout: 600_000, // of a machine with other work too: what hangs is told late, what is slow is no failure
};
