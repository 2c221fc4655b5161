import { Command, Option } from 'commander';
import { sessionLogFormats } from '../../src/data/session-logs/session-log-formats.ts';
import { sessionMetrics } from '../../src/session-metrics/index.ts';
import { addSessionLogOptions } from '../search-sessions/session-logs.ts';
import { sessionForms } from '../search-sessions/session-output.ts';
import { alignColumns } from '../terminal/align-columns.ts';
import { addFigureOptions } from './figure-options.ts';
import { runEvaluateSessions } from './run-evaluate-sessions.ts';

export const evaluateSessionsCommand = () =>
  addFigureOptions(addSessionLogOptions(new Command('evaluate-sessions')))
    .argument('<log>', 'search sessions, plain or .gz')
    .argument('[metrics...]', 'such as NUM, "sRBP(p=0.9,b=0.75)" (default: all, and the ablations of NUM)')
    .option('--compare <logs...>', 'the same search sessions, by id, with other systems')
    .option('--click-enhancement', 'give every metric, not only NUM, the best label a document has in its search session')
    .addOption(new Option('--undefined <rule>', 'search sessions on which a metric is undefined').choices(['skip', 'zero']).default('skip'))
    .addOption(new Option('--test <name>', 'of the differences').choices(['paired-t', 'sign-flip']).default('paired-t'))
    .option('--per-session', 'every search session, not only means')
    .addOption(new Option('--format <name>', 'how results are printed').choices(sessionForms).default('table'))
    .option('--out <page>', 'HTML page with pictures to write; must not exist')
    .option('--quiet', 'no progress')
    .addHelpText('after', helpText)
    .action(runEvaluateSessions);

const helpText = () => `
Metrics, with their options in parentheses by name or symbol:
${alignColumns(Object.entries(sessionMetrics).map(([name, { description }]) => [`  ${name}`, description]))}

Log formats:
${alignColumns(Object.entries(sessionLogFormats).map(([name, { description }]) => [`  ${name}`, description]))}

Examples:
  counterrank evaluate-sessions log.jsonl
  counterrank evaluate-sessions log.jsonl NUM 'NUM(L=50000,C=500)' 'sRBP(p=0.9,b=0.75)' --out page.html
  counterrank evaluate-sessions current.jsonl NUM nsDCG --compare better.jsonl worse.jsonl
  counterrank evaluate-sessions sessiontrack2014.xml NUM nsDCG --qrels judgments.txt
  counterrank evaluate-sessions sessiontrack2012.txt NUM --qrels qrels.txt --topic-map sessiontopicmap.txt --regrade 4:2,2:3,3:4
  counterrank evaluate-sessions tiangong-qref.json sRBP sDCG/q --per-session --format csv > values.csv
  counterrank evaluate-sessions current.jsonl NUM sRBP --compare better.jsonl --format latex > table.tex

No log at hand? counterrank simulate-sessions makes some. Which metric to trust? counterrank meta-evaluate holds them against satisfaction.`;
