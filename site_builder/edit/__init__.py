"""Changes to the owner's own files that keep the rest of them to the byte, written whole or not at all."""

from site_builder.edit.cells import change_cells
from site_builder.edit.files import ChangedMeanwhileError, replace_content

__all__ = ("ChangedMeanwhileError", "change_cells", "replace_content")
