"""Every markup style, one function each, registered by name in `STYLES`."""

from tests.renderings.styles import (  # noqa: F401
    columns,
    digits,
    encodings,
    hands,
    heads,
    inside,
    labels,
    layouts,
    mutations,
    oddities,
    pages,
    spans,
    surroundings,
    texts,
    wholes,
)
from tests.renderings.styles.mixing import combine
from tests.renderings.styles.registry import STYLES, Style, compatible, forms_of

__all__ = ["STYLES", "Style", "combine", "compatible", "forms_of"]
