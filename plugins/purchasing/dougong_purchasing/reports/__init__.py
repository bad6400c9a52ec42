"""Questions about purchases, as tables."""

from dougong_purchasing.reports.open_lines import OPEN_LINES
from dougong_purchasing.reports.price_history import PRICE_HISTORY
from dougong_purchasing.reports.punctuality import PUNCTUALITY
from dougong_purchasing.reports.spend import SPEND

REPORTS = [SPEND, OPEN_LINES, PRICE_HISTORY, PUNCTUALITY]
