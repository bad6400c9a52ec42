"""Charts that need no script: figures, and the picture that the server makes of them."""

from dougong.web.charts.drawing import picture
from dougong.web.charts.figures import SHAPES, Chart, Part, Series, of_facts, of_pivot, plain

__all__ = ["SHAPES", "Chart", "Part", "Series", "of_facts", "of_pivot", "picture", "plain"]
