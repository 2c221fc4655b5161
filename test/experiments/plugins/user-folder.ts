import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Finished } from '../copied-package.ts';
import { builtTypes, bundledProgram } from '../sweep/built-program.ts';

const { files, dependencies, optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  files: readonly string[];
  dependencies: Readonly<Record<string, string>>;
  optionalDependencies: Readonly<Record<string, string>>;
};

/** Installs a build of today's sources as `npm link` does. */
export function linkBuild(folder: string): void {
  mkdirSync(folder, { recursive: true });
  symlinkSync(resolve(bundledProgram()), join(folder, 'dist'));
}

/** Installs what the package says it publishes, with a build of today's sources, by way of the tarball that npm makes of it. */
export function installTarball(folder: string): void {
  const source = mkdtempSync(join(tmpdir(), 'counterrank-pack-'));
  for (const name of ['package.json', ...files]) cpSync(name === 'dist' ? bundledProgram() : name, join(source, name), { recursive: true });
  cpSync(builtTypes(), join(source, 'dist'), { recursive: true });
  const [tarball] = execFileSync('npm', ['pack', '--ignore-scripts', '--silent'], { cwd: source, encoding: 'utf8' }).trim().split('\n');
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['xzf', join(source, tarball), '-C', folder, '--strip-components=1']);
  rmSync(source, { recursive: true });
}

/** Runs command lines one after the other in one process, as main.js does each; starting one takes longer than most commands. */
const driver = `
import { explained } from 'PACKAGE/dist/experiments/catalogue/plugin-error.js';
import { createProgram } from 'PACKAGE/dist/experiments/commands/program.js';
import { errorText, exitCode } from 'PACKAGE/dist/experiments/terminal/fail.js';
const { stdout, stderr } = process;
const write = stdout.write;
const results = [];
for (const words of JSON.parse(process.argv[2])) {
  const result = { code: 0, out: '', err: '' };
  stdout.write = (text) => (result.out += text, true);
  stderr.write = (text) => (result.err += text, true);
  try {
    await (await createProgram(words)).parseAsync(words, { from: 'user' });
  } catch (thrown) {
    const failure = explained(thrown);
    result.code = exitCode(failure);
    result.err += errorText(failure) ?? '';
  }
  results.push(result);
}
write.call(stdout, JSON.stringify(results));
`;

/** A folder of a user who has installed the package and TypeScript; it lives as long as the tests of one file. */
export function userFolder(install: (folder: string) => void) {
  bundledProgram(); // here, where no time limit counts
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'counterrank-user-')));
  afterAll(() => rmSync(path, { recursive: true }));
  const modules = join(path, 'node_modules');
  const link = (target: string, name: string) => {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(target, join(modules, name));
  };
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  };
  const run = (file: string, words: readonly string[], cwd = '.'): Promise<Finished> =>
    new Promise((done) => {
      const env = { ...process.env, NODE_OPTIONS: '', npm_config_offline: 'true', npm_config_update_notifier: 'false' };
      const child = execFile(file, words, { cwd: join(path, cwd), env, maxBuffer: 1 << 26 }, (_, out, err) =>
        done({ code: child.exitCode, out, err }),
      );
    });
  const main = join(modules, 'counterrank/dist/experiments/main.js');
  return {
    path,
    write,
    run,
    read: (name: string) => readFileSync(join(path, name), 'utf8'),
    /** The command line in a process of its own. */
    counterrank: (words: readonly string[], cwd?: string) => run(process.execPath, [main, ...words], cwd),
    /** Many command lines in one process. */
    async counterrankEach(commands: readonly (readonly string[])[], cwd?: string): Promise<Finished[]> {
      const { out, err } = await run(process.execPath, [join(path, 'driver.mjs'), JSON.stringify(commands)], cwd);
      expect(err).toBe('');
      return JSON.parse(out) as Finished[];
    },
    /** Installs all of it. */
    install() {
      install(join(modules, 'counterrank'));
      const optional = Object.keys(optionalDependencies).filter((name) => existsSync(join('node_modules', name)));
      for (const name of [...Object.keys(dependencies), ...optional, 'typescript', '@types/node'])
        link(resolve('node_modules', name), name);
      chmodSync(main, 0o755);
      link('../counterrank/dist/experiments/main.js', '.bin/counterrank');
      write('driver.mjs', driver.replaceAll('PACKAGE', './node_modules/counterrank'));
    },
  };
}
