import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/**
 * esbuild makes a chunk of the modules that the same entries reach. Every module that is imported when it is needed is an entry, so with a
 * hundred of them what a small command reads lies in dozens of files, each of which costs Node a millisecond. Here all entries that reach some
 * module of a group are made to read all of it: then the same entries reach all of it, and it is few files.
 * @param metafile of a build without groups
 * @param group the modules that are kept together with what they import
 * @param apart which entries read no more than they import: those that others run in a process of their own
 */
export function groupedModules({ outputs }, group, apart) {
  const entries = Object.keys(outputs).filter((path) => outputs[path].entryPoint);
  const chunksOf = (path, reached = new Set()) => {
    if (outputs[path] === undefined || reached.has(path)) return reached;
    reached.add(path);
    for (const { path: next, kind } of outputs[path].imports) if (kind === 'import-statement') chunksOf(next, reached);
    return reached;
  };
  const modulesOf = (path) => new Set([...chunksOf(path)].flatMap((chunk) => Object.keys(outputs[chunk].inputs)));
  const modules = new Map(entries.map((path) => [outputs[path].entryPoint, modulesOf(path)]));
  const grouped = new Set(group.flatMap((module) => [...modules.get(module)]));
  const wanting = (entry) => !apart(entry) && [...modules.get(entry)].some((module) => grouped.has(module));
  /** An entry that another imports too reads the group for both. */
  const readBefore = (entry) => [...modules].every(([other, all]) => !all.has(entry) || wanting(other));
  const reading = new Set([...modules.keys()].filter(readBefore).map((entry) => resolve(entry)));
  return {
    name: 'a group of modules',
    setup: ({ onLoad }) =>
      void onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (!reading.has(path)) return undefined;
        const others = group.map((module) => resolve(module)).filter((module) => module !== path);
        const imports = others.map((module) => `import ${JSON.stringify(module)};`).join('');
        return { contents: imports + (await readFile(path, 'utf8')), loader: 'ts' };
      }),
  };
}
