"""The only writers of programmes, applications and titles, each made by `archive.actions.deed`."""

from qingli.title.actions.applying import begin_application, resume, save_application, submit, withdraw
from qingli.title.actions.deciding import decline, endorse, post_candidates, recommend, return_application
from qingli.title.actions.naming import name_title, register_title
from qingli.title.actions.paying import pay_award
from qingli.title.actions.programmes import change_standard, open_cycle, set_up_programme

__all__ = [
    "begin_application",
    "change_standard",
    "decline",
    "endorse",
    "name_title",
    "open_cycle",
    "pay_award",
    "post_candidates",
    "recommend",
    "register_title",
    "resume",
    "return_application",
    "save_application",
    "set_up_programme",
    "submit",
    "withdraw",
]
