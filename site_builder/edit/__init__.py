"""Changes to the owner's own files that keep the rest of them to the byte, written whole or not at all."""

from site_builder.edit.cells import change_cells
from site_builder.edit.files import ChangedMeanwhileError, create_content, replace_content
from site_builder.edit.line import change_line
from site_builder.edit.rows import append_row, append_rows

__all__ = (
    "ChangedMeanwhileError",
    "append_row",
    "append_rows",
    "change_cells",
    "change_line",
    "create_content",
    "replace_content",
)
