"""Read-only SQL views for reporting tools: the columns are documented here and kept."""

#: One row a line of each confirmed or finished order; amounts without tax, in the order's currency,
#: ``own_amount`` and
#: ``unit_cost`` in the company's.
PURCHASE_LINES = """
SELECT o.company_id, o.id AS order_id, o.number, o.ordered_on, o.state, o.supplier_id,
       p.code AS supplier_code, p.name AS supplier_name, l.product_id,
       q.code AS product_code, q.name AS product_name, o.buyer_id, o.currency,
       l.own_quantity AS quantity, l.received, l.came_back, l.billed, l.amount, l.own_amount, l.unit_cost,
       COALESCE(l.expected_on, o.expected_on) AS expected_on, l.received_on
FROM purchasing_order o
JOIN purchasing_order_line l ON l.order_id = o.id
JOIN base_party p ON p.id = o.supplier_id
JOIN base_product q ON q.id = l.product_id
WHERE o.state IN ('confirmed', 'done')
"""

VIEWS = [("purchasing_view_lines", PURCHASE_LINES)]
