"""The pages of the frame: sign-in, language, help, and who sees what."""

from typing import Any

from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from qingli.ground import queries as ground
from qingli.ground.rules import Access, Deed, Level
from qingli.web.asking import UnitView, asker, local_day
from qingli.web.forms import SignInForm


class SignIn(auth.LoginView):
    template_name = "web/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "next": self.get_redirect_url(), "form_errors": bool(context["form"].errors)}


# What is told on the page, in its order: the things of a person that others may see.
SIGHTS: tuple[Deed, ...] = ("record.read", "task.read", "person.read")
VAIN = {("person.read", "sums")}  # a sum of names is nothing


def me(request: HttpRequest) -> HttpResponse:
    """Who sees what of mine: for those who are signed in by role and unit; the paragraphs are the same for all."""
    paragraphs = (
        _("What you enter belongs to your unit. Your committee sees it in full; whoever works in a grid or for a "
          "partner sees what is theirs or was handed to them."),
        _("The street, district and city offices see sums. They see one record only where an application or a problem "
          "sheet takes it up, and where fewer than five units would be summed, they see nothing."),
        _("There is no ranking of people, no trail of positions, and no measuring of how long you take."),
        _("Residents who read a published plan see what was promised, what is done and what is late, without names."),
        _("Whoever changed what, and when, stands in the journal. It cannot be altered; personal words in it can be "
          "erased on request to your committee."),
    )  # fmt: skip
    who = asker(request)
    units = ground.units_of(who) if who else ()
    unit = next((one for one in units if str(one.id) == request.GET.get("unit")), units[0] if units else None)
    context = {"paragraphs": paragraphs, "own_units": units, "of_unit": unit, "sights": _sights(unit) if unit else []}
    return render(request, "web/me.html", context)


def _sights(unit: UnitView) -> list[tuple[str, list[tuple[str, list[ground.Sight]]]]]:
    """For each of `SIGHTS` who sees all, who what was handed to them, and who sums."""
    day, found = local_day(unit), []
    for deed in SIGHTS:
        seen: dict[str, list[ground.Sight]] = {"all": [], "handed": [], "sums": []}
        for sight in ground.seen_by(unit.id, deed, day=day):
            seen[_how(sight)].append(sight)
        found.append((str(deed), [(how, sights) for how, sights in seen.items() if sights and (deed, how) not in VAIN]))
    return found


def _how(sight: ground.Sight) -> str:
    """From an office above only sums; inside a unit what is not seen whole is what was handed to somebody."""
    if sight.access is Access.DETAIL:
        return "all"
    return "sums" if sight.level is Level.BELOW else "handed"


def accessibility(request: HttpRequest) -> HttpResponse:
    paragraphs = (
        _("Every page works with the keyboard alone, with a screen reader, at twice the text size, and without "
          "scripts."),
        _("Colours are never the only sign. The page follows the light or dark setting of your device."),
        _("On the page where a plan is checked, single letters move and accept: J next, K previous, A accept, E edit, "
          "U undo. They only work while no field is being typed in and can be switched off there."),
        _("If something is in your way, tell your committee; they can pass it on with the address of the page."),
    )  # fmt: skip
    return render(request, "web/page.html", {"heading": _("Accessibility"), "paragraphs": paragraphs})


def help_page(request: HttpRequest) -> HttpResponse:
    paragraphs = (
        _("Begin with last period's plan: paste it on the first page. Qingli shows what it promises and what it leaves "
          "open, and gives it back as Word and as a calendar. Nothing is kept unless you say so."),
        _("Keep it, and the plan becomes tasks: each falls due on its day, is done with a short record, or is put off "
          "with a reason."),
        _("Under Today stands what is due. Under Plans stands how far each plan is. Under Tasks and Calendar stands "
          "everything of your unit."),
        _("A wrong entry is corrected, not deleted: the correction stands beside it."),
    )  # fmt: skip
    return render(request, "web/page.html", {"heading": _("Help"), "paragraphs": paragraphs})
