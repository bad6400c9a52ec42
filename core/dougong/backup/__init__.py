"""The whole house in one file: made while people work, checked, and put back into an empty place."""

from dougong.backup.contents import Manifest
from dougong.backup.making import make_backup
from dougong.backup.restoring import restore_backup
from dougong.backup.verifying import verify_backup

__all__ = ["Manifest", "make_backup", "restore_backup", "verify_backup"]
