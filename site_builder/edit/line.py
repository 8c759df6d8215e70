"""The cells of one row of a table whose rows have no key: the row is known by the line it begins on."""

from __future__ import annotations

import re
from collections.abc import Mapping

from site_builder.edit.cells import row_splices
from site_builder.edit.table import added_names, open_table, spliced

_LINE_END = re.compile(rb"\r\n|\r|\n")


def change_line(content: bytes, line: int, cells: Mapping[str, str], *, key: str) -> bytes:
    """Return a table with some cells of one row changed; every other byte stays.

    line: physical and 1-based, where the row begins; cells: a column's name → the new text; key: a column there is. A column
    that is not there yet is added at the end. Raises ValueError where no table with this column can be read, KeyError where no
    row begins on that line: whoever asks has had the table judged before.
    """
    table = open_table(content, key)
    added = tuple(name for name in cells if name not in table.columns)
    splices = [added_names(table, added)]
    is_found = False
    number, done = 1, 0
    for record in table.rows():
        begin = record[0][0]
        number, done = number + len(_LINE_END.findall(content, done, begin)), begin
        is_found = is_found or number == line
        splices += row_splices(table, record, added, cells if number == line else {})
    if not is_found:
        raise KeyError(f"no row begins on line {line}")
    return spliced(content, splices)
