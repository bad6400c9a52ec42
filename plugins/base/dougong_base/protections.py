"""What the database refuses by itself: quantities finer than their unit is counted."""

from __future__ import annotations

from dougong.triggers import protections
from dougong_base.products.models import Barcode, SupplierItem
from dougong_base.units.counted import counted

protect_all, unprotect_all = protections(counted(Barcode, SupplierItem))
