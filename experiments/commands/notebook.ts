import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, relative } from 'node:path';
import { Command } from 'commander';
import { makeFolder } from '../../src/data/make-folder.ts';
import { cannot, isSystemError, systemReason } from '../../src/data/system-error.ts';
import { writeAtomic } from '../../src/data/write-atomic.ts';
import { UsageError } from '../../src/errors.ts';
import { findShipped, shippedHint } from '../config/shipped-files.ts';
import { type Cell, cellName, parseCells } from '../notebook/cells.ts';
import { executeNotebook } from '../notebook/execute.ts';
import { jupyterNotebook } from '../notebook/jupyter-notebook.ts';
import { notebookPage } from '../notebook/notebook-page.ts';
import { checkWritable } from '../records/new-folder.ts';
import { createProgress } from '../terminal/progress.ts';
import { tell } from '../terminal/wrap-words.ts';
import { addFigureOptions, checkFigures, type FigureOptions, putFigures } from './figure-options.ts';

interface NotebookOptions extends FigureOptions {
  readonly out?: string;
  readonly ipynb?: boolean;
  readonly quick?: boolean;
  readonly quiet?: boolean;
}

export const notebookCommand = () =>
  addFigureOptions(new Command('notebook'))
    .argument('<file>', 'the script, or the name of one that comes with the package')
    .option('--out <page>', 'the page to write, replaced if it exists (default: the name of the script with .html, in this folder)')
    .option('--ipynb', 'write a Jupyter notebook of the cells instead, for the tslab kernel, without running it')
    .option('--quick', 'small sizes where the script offers them: to see that it runs, not to learn from it')
    .option('--quiet', 'no progress')
    .addHelpText('after', helpText)
    .action(notebook);

const helpText = `
Examples:
  counterrank notebook dual-learning-from-scratch               one of the package's
  counterrank notebook own.ts --out pages/own.html --quick
  counterrank notebook own.ts --ipynb                          own.ipynb, to open in Jupyter
The same script runs in a terminal with npx tsx, and cell by cell in Jupyter with the tslab kernel: see experiments/notebooks/README.md.`;

async function notebook(file: string, options: NotebookOptions): Promise<void> {
  const { out, ipynb, quick, quiet } = options;
  const page = out ?? `${basename(file, extname(file))}${ipynb ? '.ipynb' : '.html'}`;
  if (!(await stat(page).catch(() => null))?.isFile()) await checkWritable(page);
  await checkFigures(options);
  const { path, text } = await readScript(file);
  if (quick) process.env.COUNTERRANK_QUICK = '1';
  const name = relative(process.cwd(), path);
  const cells = parseCells(text, name);
  if (ipynb) return writeJupyter(page, cells);
  const write = process.stderr.write.bind(process.stderr);
  const screen = { isTTY: process.stderr.isTTY, columns: process.stderr.columns, write };
  const progress = createProgress(screen, quiet === true);
  const outputs = await executeNotebook({ path, name, cells }, (index) =>
    progress.onProgress({ stage: 'notebook', done: index, total: cells.length, detail: cellName(cells, index) }),
  );
  progress.finish();
  await writePage(page, notebookPage(basename(file), cells, outputs));
  const pictures = outputs.flat().flatMap((output) => (output.kind === 'html' && output.picture ? [output.picture] : []));
  await putFigures(options, () => [{ title: basename(file, extname(file)), pictures }]);
  tell(`${page} shows ${basename(file)} with its outputs`);
}

async function writeJupyter(file: string, cells: readonly Cell[]): Promise<void> {
  await writePage(file, jupyterNotebook(cells));
  tell(`${file} holds the cells, not run; open it in Jupyter with the tslab kernel`);
}

async function writePage(page: string, text: string): Promise<void> {
  await makeFolder(dirname(page)).catch(cannot(`write "${page}"`));
  await writeAtomic(page, text);
}

async function readScript(file: string): Promise<{ path: string; text: string }> {
  const refuse = cannot(`read the notebook "${file}"`);
  const path = await realpath(await findShipped('notebooks', file)).catch(async (error) => {
    if (!isSystemError(error) || error.code !== 'ENOENT') return refuse(error);
    throw new UsageError(`cannot read the notebook "${file}": ${systemReason(error)}${await shippedHint('notebooks', file)}`);
  });
  return { path, text: await readFile(path, 'utf8').catch(refuse) };
}
