"""One business operation: all of it is saved, or none of it."""

from dougong.unit_of_work.house import Answer, House, Once
from dougong.unit_of_work.unit import UnitOfWork

__all__ = ["Answer", "House", "Once", "UnitOfWork"]
