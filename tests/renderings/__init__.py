"""An adversarial renderer: real figures printed in every markup style that real pages have been seen in.

It rehearses a judge. It shares no code with the reading side but the official words of the forms.
"""

from tests.renderings.judge import CLASSES, Problem, compare
from tests.renderings.model import Rendering
from tests.renderings.renderer import render, sample
from tests.renderings.styles import STYLES

__all__ = ["CLASSES", "STYLES", "Problem", "Rendering", "compare", "render", "sample"]
