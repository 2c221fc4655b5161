/** Click logs of any size, counted into one folder. */
export { type CountOptions, countLog } from './count-log.ts';
export { type DividedLog, type DivideOptions, divideStore } from './divide-store.ts';
export { columnsFor, type LogColumns, type NamedColumns } from './log-columns.ts';
export { type LogSource, openSource } from './log-source.ts';
export { mergeStores, type StorePart } from './merge-stores.ts';
export { storeDocuments } from './store-documents.ts';
export { isLogStore, readStoreInfo, type StoreInfo } from './store-info.ts';
