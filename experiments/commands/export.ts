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
  readonly plainWeights?: string;
  readonly onnx?: string;
  readonly lightgbm?: string;
  readonly features?: string;
}

export const exportCommand = () =>
  new Command('export')
    .argument(
      '<folders...>',
      'run folders, sweep folders, or any folder above them; of --plain-weights and --onnx one model, of --lightgbm a click log',
    )
    .option('--csv <file>', 'one row per run, seed, method and metric, with the config keys that vary; must not exist')
    .option('--parquet <file>', 'the same; must not exist')
    .option('--plain-weights <file>', 'a model as one JSON file that 40 lines score, in a browser too; must not exist')
    .option('--onnx <file>', 'a linear model or a network as an ONNX model, from raw features to scores; must not exist')
    .option('--lightgbm <dir>', 'a click log as LightGBM learns from it: clicks, .query, .position, .weight; must not exist')
    .option('--features <path>', 'of --lightgbm: documents of the log with their features, as fit takes them')
    .option('--mlflow <dir>', 'MLflow file store (mlruns) to add to: a run per method and seed')
    .option('--tensorboard <dir>', 'folder for event files')
    .addHelpText('after', helpText)
    .action(exportRuns);

const helpText = `
Examples:
  counterrank export runs/quickstart-sweep --parquet results.parquet
  counterrank export runs --mlflow mlruns --tensorboard tensorboard
  counterrank export runs/quickstart/models/1/ips --plain-weights ips.json   # docs/own-log.md says how to score with it
  counterrank export runs/quickstart/models/1/ips --onnx ips.onnx            # input features [documents, F], output scores [documents]
  counterrank export clicks.jsonl --features documents.parquet --lightgbm lightgbm             # docs/own-log.md says how to train on it`;

async function exportRuns(folders: readonly string[], options: ExportOptions): Promise<void> {
  const { csv, parquet, plainWeights, onnx, lightgbm, features, ...others } = options;
  if (Object.keys(options).length === 0)
    throw new UsageError('nothing to write: give --csv, --parquet, --plain-weights, --onnx, --lightgbm, --mlflow or --tensorboard');
  for (const file of [csv, parquet, plainWeights, onnx, lightgbm]) if (file !== undefined) await checkWritable(file);
  if (lightgbm !== undefined || features !== undefined) {
    if (
      lightgbm === undefined ||
      features === undefined ||
      plainWeights !== undefined ||
      onnx !== undefined ||
      csv !== undefined ||
      parquet !== undefined ||
      Object.keys(others).length > 0
    )
      throw new UsageError(
        '--lightgbm is of a click log with the --features of its documents, the other forms are of runs; give these two by themselves',
      );
    const { exportLightgbm } = await import('./export-lightgbm.ts');
    console.log(await exportLightgbm(folders, features, lightgbm));
    return;
  }
  if (plainWeights !== undefined || onnx !== undefined) {
    if (csv !== undefined || parquet !== undefined || Object.keys(others).length > 0)
      throw new UsageError('--plain-weights and --onnx are of one model, the other forms are of runs; give them by themselves');
    const { exportModel } = await import('./export-model.ts');
    for (const line of await exportModel(folders, { plainWeights, onnx })) console.log(line);
    return;
  }
  await checkTrackers(options);
  const runs = await collectRecords(folders);
  await checkTrials(runs, options);
  const table = tidyTable(runs);
  if (csv !== undefined) await writeNewFile(csv, (free) => writeTidyCsv(csv, table, free));
  if (parquet !== undefined) await writeNewFile(parquet, (free) => writeTidyParquet(parquet, table, free));
  for (const file of [csv, parquet]) if (file !== undefined) console.log(`${file}: ${table.rows.length} rows of ${runs.length} runs`);
  for (const line of await trackRuns(runs, options)) console.log(line);
}
