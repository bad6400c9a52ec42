"""Questions whose answer is a table: shown, printed, exported, drilled into."""

from dougong.reports.declared import Column, Line, Parameter, Report
from dougong.reports.parameters import today

__all__ = ["Column", "Line", "Parameter", "Report", "today"]
