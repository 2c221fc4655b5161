import type { NamedLogFormat, NamedLogReading } from './named-log-format.ts';
import { YandexLines } from './yandex-lines.ts';

const [C, Q] = [67, 81];
const region = 'region';

/**
 * Yandex Relevance Prediction Challenge (WSCD 2012): `session time Q query region document…` and `session time C document`, with tabs between. Each
 * Q line is a session of the click log. A click is on the latest page of its search session that shows the document. A query is one in
 * all regions, as for PyClick and CLAX, unless the region is asked for as context: equal lists of different regions are then two, of the
 * same query and documents. Times must be whole numbers, and are not kept.
 */
export const yandexRelpred: NamedLogFormat = {
  description:
    'Yandex Relevance Prediction Challenge (WSCD 2012): lines "session time Q query region document…", "session time C document"',
  contexts: [region],
  read: (reading) => readLines(reading),
};

function readLines(reading: NamedLogReading): Promise<void> {
  const lines = new YandexLines(reading, '"session time Q query region document…" or "session time C document"');
  const { fields } = lines;
  const regional = reading.context === region;
  const known = () => (fields.empty === 0 && lines.isWhole(1) && lines.letter(2) === Q ? 0 : -1);
  return lines.read(null, known, () => {
    const letter = fields.count > 3 && lines.isWhole(1) ? lines.letter(2) : -1;
    if (fields.empty > 0) lines.refuse();
    else if (letter === C && fields.count === 4) lines.click(0, lines.code(3));
    else if (letter === Q && fields.count > 5) lines.page(0, lines.code(3), regional ? lines.code(4) : 0, 5, -1, null);
    else if (letter === Q) lines.refusePage('documents');
    else lines.refuse();
  });
}
