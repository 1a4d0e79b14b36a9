"""Writers of the archive, and `deed`, of which every writer of every room is made."""

from qingli.archive.actions.deeds import deed
from qingli.archive.actions.erasing import erase_payload
from qingli.archive.actions.files import Taken, keep_file, store_file, take_file
from qingli.archive.actions.sealing import seal
from qingli.archive.actions.sweeping import sweep_files

__all__ = ["Taken", "deed", "erase_payload", "keep_file", "seal", "store_file", "sweep_files", "take_file"]
