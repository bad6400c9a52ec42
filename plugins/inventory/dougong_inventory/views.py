"""Stock as reporting tools see it: read-only views whose names and columns stay."""

from __future__ import annotations

STOCK_MOVE = """
SELECT m.id, m.company_id, m.moved_on, m.written_at, m.reason,
       m.product_id, p.code AS product_code, p.name AS product_name, l.number AS lot,
       m.from_id AS origin_id, f.code AS origin, m.to_id AS destination_id, t.code AS destination,
       m.quantity, m.change, m.value, m.party_id,
       m.document_kind, m.document_id, m.reference, m.source_kind, m.source_id
FROM inventory_move m
JOIN base_product p ON p.id = m.product_id
JOIN inventory_location f ON f.id = m.from_id
JOIN inventory_location t ON t.id = m.to_id
LEFT JOIN inventory_lot l ON l.id = m.lot_id
"""
STOCK_BALANCE = """
SELECT s.id, s.company_id, s.product_id, p.code AS product_code, p.name AS product_name,
       o.warehouse_id, w.code AS warehouse, s.location_id, o.code AS location,
       l.number AS lot, l.expires_on, s.on_hand, s.reserved, s.on_hand - s.reserved AS free
FROM inventory_stock s
JOIN base_product p ON p.id = s.product_id
JOIN inventory_location o ON o.id = s.location_id
LEFT JOIN inventory_warehouse w ON w.id = o.warehouse_id
LEFT JOIN inventory_lot l ON l.id = s.lot_id
"""
VIEWS = [("v_stock_move", STOCK_MOVE.strip()), ("v_stock_balance", STOCK_BALANCE.strip())]
