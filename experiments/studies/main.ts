import { errorText, exitCode } from '../terminal/fail.ts';
import { studyCommand } from './study-command.ts';

try {
  await studyCommand().parseAsync();
} catch (error) {
  const text = errorText(error);
  if (text !== null) console.error(text);
  process.exitCode = exitCode(error);
}
