"""Writes files/baidu-ultr-uva.feather by pyarrow 25.0.1: invented rows with the columns and types of the published files. Run in this folder."""
import pyarrow as pa
import pyarrow.feather as feather

rows = [  # the last two sessions are equal
    (0, 17, 'q0', 'a', 1, False), (0, 17, 'q0', 'b', 2, True), (0, 17, 'q0', 'd', 4, False),
    (1, 17, 'q1', 'a', 1, True),
    (2, 17, 'q1', 'a', 1, True),
]
number, query_id, query, url, position, click = map(list, zip(*rows))
feather.write_feather(pa.table({
    'query_no': pa.array(number, pa.int64()), 'query_id': pa.array(query_id, pa.int64()), 'query_md5': query, 'url_md5': url,
    'position': pa.array(position, pa.int64()), 'media_type': pa.array([0] * 5, pa.int64()), 'click': click,
    'bm25': pa.array([0.5] * 5, pa.float32()),
    'query_document_embedding': pa.array([[0.0, 1.0]] * 5, pa.list_(pa.float16())),
}), 'files/baidu-ultr-uva.feather')
