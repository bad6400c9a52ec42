"""Bills of materials: what goods are made of, and how."""
