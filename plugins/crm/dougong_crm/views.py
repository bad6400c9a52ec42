"""Read-only SQL views for reporting tools: the columns are documented here and kept."""

#: One row a line of each confirmed or finished order; amounts without tax, in the order's currency.
SALES_LINES = """
SELECT o.company_id, o.id AS order_id, o.number, o.ordered_on, o.state, o.customer_id,
       p.code AS customer_code, p.name AS customer_name, l.product_id,
       q.code AS product_code, q.name AS product_name, o.salesperson_id, o.currency,
       l.own_quantity AS quantity, l.delivered, l.billed, l.amount
FROM crm_order o
JOIN crm_order_line l ON l.order_id = o.id
JOIN base_party p ON p.id = o.customer_id
JOIN base_product q ON q.id = l.product_id
WHERE o.state IN ('confirmed', 'done')
"""

VIEWS = [("crm_view_sales_lines", SALES_LINES)]
