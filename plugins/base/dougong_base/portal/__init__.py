"""The portal: what a customer sees of his own documents, by a link or a log-in, and nothing else."""

from dougong_base.portal.declared import PortalAction, PortalNoun, Waits
from dougong_base.portal.tabs import SHARE_TAB, VISITOR_TAB

__all__ = ["SHARE_TAB", "VISITOR_TAB", "PortalAction", "PortalNoun", "Waits"]
