import { Command } from 'commander';
import { UsageError } from '../../src/errors.ts';
import { builtIn, type Catalogue } from '../catalogue/catalogue.ts';
import { openCatalogue } from '../catalogue/open-catalogue.ts';
import { collectRecords } from '../records/collect-records.ts';
import { gatherSummary } from '../report/gather-report.ts';
import { reportJson, textOf } from '../report/report-formats.ts';
import { usualReport } from '../report/report-summary.ts';
import { collectSweep, reportSweep } from '../sweep/collect-sweep.ts';
import { type SweepFile, sweepIn } from '../sweep/sweep-file.ts';
import { sweepPaths } from '../sweep/sweep-folder.ts';
import { countLine, plural } from '../sweep/sweep-lines.ts';
import { sweepState } from '../sweep/sweep-state.ts';
import { Incomplete } from '../terminal/fail.ts';
import { tell } from '../terminal/wrap-words.ts';
import { checkTrackers, type TrackerFolders, trackRuns } from '../trackers/track-runs.ts';

export const collectCommand = () =>
  new Command('collect')
    .description("put the finished runs of a sweep together: records.csv, records.parquet and report/ in its folder (Slurm's last job)")
    .argument('<folder>', 'of a sweep')
    .option('--mlflow <dir>', 'also write the finished runs into this MLflow file store (mlruns)')
    .option('--tensorboard <dir>', 'also write TensorBoard event files below this folder')
    .addHelpText('after', helpText)
    .action(async (folder: string, _options: TrackerFolders, command: Command) => {
      const trackers = command.optsWithGlobals<TrackerFolders>(); // `sweep` has options of these names too, and takes them
      await checkTrackers(trackers);
      const sweep = await sweepIn(folder);
      const states = await sweepState(folder, sweep);
      const missing = states.filter(({ state }) => state !== 'finished');
      if (missing.length < states.length) {
        await tellCollected(folder, sweep, trackers);
        console.log(`${await reportSweep(folder, (await catalogueOf(sweep)).presentations)} shows this with pictures`);
      }
      if (missing.length === 0) return;
      const failed = missing.flatMap(({ state, folder }) => (state === 'failed' ? [`\n  ${folder}/log.txt`] : []));
      throw new Incomplete(
        `${plural(missing.length, 'run')} missing (${countLine(states)})${failed.join('')}\ncounterrank sweep ${folder} goes on`,
      );
    });

const helpText = `
Ends with 1 when runs are missing, and lists those that failed.

Example:
  counterrank sweep collect runs/quickstart-sweep --mlflow mlruns`;

/** What the runs of a sweep are of; its plugins were run by whoever began it. */
const catalogueOf = ({ base }: SweepFile): Promise<Catalogue> =>
  openCatalogue(base.plugins ?? []).catch((error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    console.error(`note: what a plugin's task draws is left out: ${error.message}`); // it has changed since, or gone
    return builtIn();
  });

/** Writes the table of all finished runs into the folder, and for the trackers named; shows their means, or as JSON all numbers. */
export async function tellCollected(folder: string, sweep: SweepFile, trackers: TrackerFolders, json = false): Promise<void> {
  const note = await collectSweep(folder);
  if (note !== null) console.error(`note: ${note}`);
  const runs = (trackers.mlflow ?? trackers.tensorboard) ? await collectRecords([sweepPaths(folder).runs]) : [];
  for (const line of await trackRuns(runs, trackers)) (json ? console.error : console.log)(line);
  const gathered = await gatherSummary([`${folder}/runs`], usualReport, (await catalogueOf(sweep)).presentations);
  if (json) return console.log(JSON.stringify({ folder, ...reportJson(gathered.numbers) }, null, 2));
  console.log(textOf('terminal', gathered));
  tell(`\n${folder}/records.csv holds all numbers; counterrank report ${folder} --help shows how to look at them`);
}
