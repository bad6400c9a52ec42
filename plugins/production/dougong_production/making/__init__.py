"""Making goods: work centres, bills of materials, orders and the work on them."""
