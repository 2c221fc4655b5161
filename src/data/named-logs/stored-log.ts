import { readStoreInfo } from '../log-store/store-info.ts';
import { checkStoreContext } from '../log-store/store-records.ts';
import type { NamedLogFormat } from './named-log-format.ts';
import { recordLog } from './record-logs.ts';

const records = recordLog('store', 'the folder that counterrank import writes');

/** A store. Its sessions have an order where it keeps their times. */
export const storedLog: NamedLogFormat = {
  ...records,
  contexts: null,
  async read(reading) {
    const info = await readStoreInfo(reading.path);
    if (reading.context !== null) checkStoreContext(reading.path, reading.context, info);
    reading.builder.ordered = info.columns.time;
    await records.read(reading);
  },
};
