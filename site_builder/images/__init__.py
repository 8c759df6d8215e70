"""Pictures made safe and quick to show: drawings cleaned, photographs in several sizes without a camera's notes, initials."""

from site_builder.images.album import Album as Album
from site_builder.images.initials import drawn_initials as drawn_initials
from site_builder.images.rendition import Recipe as Recipe
from site_builder.images.rendition import Rendition as Rendition
from site_builder.images.rendition import UnreadablePictureError as UnreadablePictureError
from site_builder.images.svg import NotSvgError as NotSvgError
from site_builder.images.svg import clean_svg as clean_svg
