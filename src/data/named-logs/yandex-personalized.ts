import type { NamedLogFormat, NamedLogReading } from './named-log-format.ts';
import { YandexLines } from './yandex-lines.ts';

const [C, M, Q, T, comma] = [67, 77, 81, 84, 44];
const withheld = 'of test queries, whose clicks were withheld';

/**
 * Yandex Personalized Web Search Challenge (Kaggle 2013), with tabs between: `session M day user`, `session time Q page query terms
 * document,domain…` and `session time C page document`. Each Q line is a session of the click log; a click is on the page that it names.
 * Queries of the test period (T for Q), whose clicks were withheld, are left out and counted. Terms, domains and times are not kept;
 * the day and the user can be contexts.
 */
export const yandexPersonalized: NamedLogFormat = {
  description:
    'Yandex Personalized Web Search Challenge (2013): lines "session M day user", "session time Q page query terms document,domain…" …',
  contexts: ['day', 'user'],
  read: (reading) => readLines(reading),
};

function readLines(reading: NamedLogReading): Promise<void> {
  const lines = new YandexLines(
    reading,
    '"session M day user", "session time Q page query terms document,domain…" or "session time C page document"',
  );
  const { fields } = lines;
  const contextField = reading.context === 'user' ? 3 : 2;
  let context: number | null = null;
  const known = (begins: boolean) => {
    if (begins) context = reading.context === null ? 0 : null;
    return fields.empty === 0 && lines.isWhole(1) && lines.letter(2) === Q && context !== null ? context : -1;
  };
  return lines.read(3, known, () => {
    const { count } = fields;
    if (fields.empty > (count > 6 && fields.starts[5] === fields.ends[5] ? 1 : 0)) return lines.refuse(); // a query may lack terms
    if (count === 4 && lines.letter(1) === M) {
      if (reading.context !== null) context = lines.code(contextField);
      return;
    }
    const letter = count > 4 && lines.isWhole(1) ? lines.letter(2) : -1;
    if (letter === C && count === 5) return lines.click(lines.code(3), lines.code(4));
    if (letter !== Q && letter !== T) return lines.refuse();
    if (count < 7) return lines.refusePage('documents');
    for (let f = 6; f < count; f++) {
      const end = lines.find(f, comma); // of the document
      if (end === fields.starts[f] || end + 1 >= fields.ends[f]) return lines.refuse();
    }
    if (context === null) return lines.refusePage(`a line of its ${reading.context} before it`);
    if (lines.repeats(3)) return;
    lines.page(lines.code(3), lines.code(4), context, 6, comma, letter === T ? withheld : null);
  });
}
