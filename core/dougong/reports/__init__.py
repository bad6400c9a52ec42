"""Questions whose answer is a table: shown, printed, exported, drilled into."""

from dougong.reports.declared import Column, Line, Parameter, Report

__all__ = ["Column", "Line", "Parameter", "Report"]
