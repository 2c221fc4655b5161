"""Writes files/: one table by pyarrow 25.0.1 in the forms that it has, and text views by polars 1.44. Run in this folder."""
import datetime as dt
import polars as pl
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.ipc as ipc

table = pa.table({
    'sid': pa.array(['s1', 's1', 's2', None]),
    'qid': pa.array(['q', 'q', 'ä', 'q']).dictionary_encode(),
    'doc': pa.array([7, 8, 9, 2**40], pa.int64()),
    'pos': pa.array([1, 2, 1, None], pa.uint8()),
    'clicked': pa.array([False, True, True, False]),
    'ts': pa.array([dt.datetime(2024, 5, 1, 12), None, dt.datetime(1969, 12, 31, 23, 59, 59), dt.datetime(2024, 5, 2)], pa.timestamp('ms', 'UTC')),
    'vector': pa.array([[1.0, 2.0]] * 4, pa.list_(pa.float32(), 2)),
    'struct': pa.array([{'x': 1, 'y': 'a'}] * 4),
    'words': pa.array([['a', 'b'], [], None, ['c']], pa.list_(pa.string())),
    'long': pa.array(['abcdefghij' * 20, '', 'y', 'z'], pa.large_string()),
    'score': pa.array([1.5, -0.25, None, 6.0], pa.float32()),
    'none': pa.nulls(4),
})
feather.write_feather(table, 'files/lz4.feather', compression='lz4', chunksize=3)
feather.write_feather(table.select(['sid', 'pos']), 'files/zstd.feather', compression='zstd')
with ipc.new_stream('files/stream.arrows', table.schema) as stream:
    stream.write_table(table, max_chunksize=3)
pl.DataFrame({'sid': ['s1', 'a text that is longer than twelve'], 'numbers': [[1, 2], []]}).write_ipc('files/views.arrow')
