import type { NamedLogFormat, NamedLogReading } from './named-log-format.ts';
import { YandexLines } from './yandex-lines.ts';

const [C, Q, comma] = [67, 81, 44];
const region = 'region';

/**
 * Yandex Relevance Prediction Challenge (WSCD 2012): `session time Q query region document…` and `session time C document`, with tabs between. Each
 * Q line is a session of the click log. A click is on the latest page of its search session that shows the document. A query is one in
 * all regions, as for PyClick and CLAX, unless the region is asked for as context: equal lists of different regions are then two, of the
 * same query and documents. Times must be whole numbers, a click's not before its query's, and are not kept. Documents with a
 * comma are those of the Personalized challenge.
 */
export const yandexRelpred: NamedLogFormat = {
  description:
    'Yandex Relevance Prediction Challenge (WSCD 2012): lines "session time Q query region document…", "session time C document"',
  contexts: [region],
  read: (reading) => readLines(reading),
};

function readLines(reading: NamedLogReading): Promise<void> {
  const lines = new YandexLines(
    reading,
    '"session time Q query region document…" or "session time C document", ids without a comma (with one they are yandex-personalized)',
  );
  const { fields } = lines;
  const regional = reading.context === region;
  const known = () => (fields.empty === 0 && lines.isWhole(1) && lines.letter(2) === Q ? 0 : -1);
  const hasComma = (first: number) => {
    for (let f = first; f < fields.count; f++) if (!lines.isWhole(f) && lines.find(f, comma) < fields.ends[f]) return true;
    return false;
  };
  return lines.read(null, known, () => {
    const letter = fields.count > 3 && lines.isWhole(1) ? lines.letter(2) : -1;
    if (fields.empty > 0 || hasComma(letter === C ? 3 : 5)) lines.refuse();
    else if (letter === C && fields.count === 4) lines.click(0, lines.code(3));
    else if (letter === Q && fields.count > 5) lines.page(0, lines.code(3), regional ? lines.code(4) : 0, 5, -1, null);
    else if (letter === Q) lines.refusePage('documents');
    else lines.refuse();
  });
}
