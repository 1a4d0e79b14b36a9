"""The only writers of the ground. Each takes keywords only and is made by `qingli.archive.actions.deed`."""

from qingli.ground.actions.founding import FIRST_ROLES, found_community
from qingli.ground.actions.groups import change_group, found_group, seat, unseat
from qingli.ground.actions.people import (
    add_person,
    change_password,
    change_person,
    end_account,
    erase_person,
    forget_failed_sign_ins,
    open_account,
)
from qingli.ground.actions.posts import add_post, end_cover, end_post, set_cover
from qingli.ground.actions.sites import add_party, add_site, change_party, change_site, close_site
from qingli.ground.actions.units import found_unit, move_unit, rename_unit

__all__ = [
    "FIRST_ROLES",
    "add_party",
    "add_person",
    "add_post",
    "add_site",
    "change_group",
    "change_party",
    "change_password",
    "change_person",
    "change_site",
    "close_site",
    "end_account",
    "end_cover",
    "end_post",
    "erase_person",
    "forget_failed_sign_ins",
    "found_community",
    "found_group",
    "found_unit",
    "move_unit",
    "open_account",
    "rename_unit",
    "seat",
    "set_cover",
    "unseat",
]
