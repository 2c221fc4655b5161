import { Command } from 'commander';
import { UsageError } from '../../src/errors.ts';
import { collectRecords } from '../records/collect-records.ts';
import { checkWritable, writeNewFile } from '../records/new-folder.ts';
import { tidyTable } from '../records/tidy-table.ts';
import { writeTidyCsv, writeTidyParquet } from '../records/write-tidy-table.ts';
import { checkTrackers, checkTrials, type TrackerFolders, trackRuns } from '../trackers/track-runs.ts';

interface ExportOptions extends TrackerFolders {
  readonly csv?: string;
  readonly parquet?: string;
}

export const exportCommand = () =>
  new Command('export')
    .argument('<folders...>', 'run folders, sweep folders, or any folder above them')
    .option('--csv <file>', 'one row per run, seed, method and metric, with the config keys that vary; must not exist')
    .option('--parquet <file>', 'the same; must not exist')
    .option('--mlflow <dir>', 'MLflow file store (mlruns) to add to: a run per method and seed')
    .option('--tensorboard <dir>', 'folder for event files')
    .addHelpText('after', helpText)
    .action(exportRuns);

const helpText = `
Examples:
  counterrank export runs/quickstart-sweep --parquet results.parquet
  counterrank export runs --mlflow mlruns --tensorboard tensorboard`;

async function exportRuns(folders: readonly string[], options: ExportOptions): Promise<void> {
  const { csv, parquet } = options;
  if (Object.keys(options).length === 0) throw new UsageError('nothing to write: give --csv, --parquet, --mlflow or --tensorboard');
  for (const file of [csv, parquet]) if (file !== undefined) await checkWritable(file);
  await checkTrackers(options);
  const runs = await collectRecords(folders);
  await checkTrials(runs, options);
  const table = tidyTable(runs);
  if (csv !== undefined) await writeNewFile(csv, (free) => writeTidyCsv(csv, table, free));
  if (parquet !== undefined) await writeNewFile(parquet, (free) => writeTidyParquet(parquet, table, free));
  for (const file of [csv, parquet]) if (file !== undefined) console.log(`${file}: ${table.rows.length} rows of ${runs.length} runs`);
  for (const line of await trackRuns(runs, options)) console.log(line);
}
