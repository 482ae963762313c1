"""Every markup style, one function each, registered by name in `STYLES`."""

from tests.renderings.styles import digits, hands, layouts, spans, texts  # noqa: F401
from tests.renderings.styles.mixing import combine
from tests.renderings.styles.registry import STYLES, Style, compatible, forms_of

__all__ = ["STYLES", "Style", "combine", "compatible", "forms_of"]
