import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { writeAtomic } from '../../src/data/write-atomic.ts';
import { UsageError } from '../../src/errors.ts';
import { browserFile } from '../modules/own-files.ts';
import { playgroundPage } from '../playground/playground-page.ts';
import { checkWritable } from '../records/new-folder.ts';
import { tell } from '../terminal/wrap-words.ts';

export const playgroundCommand = () =>
  new Command('playground')
    .requiredOption('--out <file>', 'the page to write; must not exist')
    .addHelpText('after', helpText)
    .action(async ({ out }: { readonly out: string }) => {
      await checkWritable(out);
      const file = browserFile('playground');
      const script = await readFile(file, 'utf8').catch(() => {
        throw new UsageError(`the playground is made by a build, and "${file}" is not there; npm run build makes it`);
      });
      await writeAtomic(out, playgroundPage(script), { replace: false });
      tell(`wrote ${out}: open it in a browser, it needs no network`);
    });

const helpText = `
One HTML file: sliders for the users' bias, the size of the log, noise and the production ranker; clicks drawn, propensities estimated and NDCG of
production, naive, IPS, dual learning and skyline change within a second, computed in the page by this package's own code. For a talk, a class, a first look.

Example:
  counterrank playground --out playground.html`;
