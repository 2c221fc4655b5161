import { Command } from 'commander';
import { UsageError } from '../../src/errors.ts';
import { collectRecords } from '../records/collect-records.ts';
import { tidyTable } from '../records/tidy-table.ts';
import { writeTidyCsv, writeTidyParquet } from '../records/write-tidy-table.ts';
import { type TrackerFolders, trackRuns } from '../trackers/track-runs.ts';

interface ExportOptions extends TrackerFolders {
  readonly csv?: string;
  readonly parquet?: string;
}

export const exportCommand = () =>
  new Command('export')
    .argument('<folders...>', 'run folders, sweep folders, or any folder above them')
    .option('--csv <file>', 'one row per run, seed, method and metric, with the config keys that vary')
    .option('--parquet <file>', 'the same')
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
  const runs = await collectRecords(folders);
  const table = tidyTable(runs);
  if (csv !== undefined) await writeTidyCsv(csv, table);
  if (parquet !== undefined) await writeTidyParquet(parquet, table);
  for (const file of [csv, parquet]) if (file !== undefined) console.log(`${file}: ${table.rows.length} rows of ${runs.length} runs`);
  for (const line of await trackRuns(runs, options)) console.log(line);
}
