"""Notices: what somebody should hear of, in the bell, at once by mail, or once a day."""

from dougong.notices.telling import notify

__all__ = ["notify"]
