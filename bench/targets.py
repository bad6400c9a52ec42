"""What `design.md` promises, and what the peers cost (PostgreSQL, measured there)."""

#: By the name of a result.
TARGETS = {
    "o2c single: whole order": "target 25 ms, 70 stmts | Odoo 775 ms, 444 | Tryton 2270 ms",
    "o2c batch of 100: whole order": "target 5 ms | Odoo 775 ms | Tryton 2270 ms",
    "post 4-line entry, single": "target 2 ms, 6 stmts | Odoo 68 ms, 45 | Tryton 89 ms",
    "post 4-line entries, batch of 100": "target 0.25 ms (4,000/s) | Odoo 14 ms | Tryton 57 ms",
    "trial balance": "target 10 ms | Odoo 60 ms, Tryton 380 ms at 100 k lines",
    "list of 80, JSON": "target 4 ms | Odoo 14 ms",
    "dashboard: a number": "target 12 ms",
    "dashboard: a chart": "target 12 ms",
    "dashboard: rows": "target 12 ms",
    "dashboard: the page": "target 12 ms",
    "list of 80, HTML": "target 12 ms | Tryton 43-78 ms",
    "compute payslips, one of 500": "target 5 ms (hundreds a second)",
    "plan: netted": "target 1 s",
    "plan: written": "target 10 s to write",
    "forecast: 1,000 series": "target 10 s",
    "forecast: M3 monthly": "target 14.0 (the winner of the competition: 13.89)",
    "forecast: with gaps": "target RMSSE 0.715, bias 0.05",
    "import, a row": "target 0.33 ms (3,000 rows/s) | Tryton 64-110 rows/s",
}
