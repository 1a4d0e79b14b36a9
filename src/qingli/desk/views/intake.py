"""How a plan comes in: a file or a text is read, one plan of it becomes a draft; or measures are put together."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingli.archive.actions import Taken, take_file
from qingli.archive.queries import blob_path
from qingli.archive.rules import FileRefusedError
from qingli.catalogue.types import Language, Measure
from qingli.desk.intake_forms import LONGEST, ComposeForm, IntakeForm, period_name
from qingli.desk.review.times import norm_words
from qingli.desk.review.words import half_years
from qingli.ground.rules import Asker, require
from qingli.papers.from_reading import calendar_of
from qingli.plan import actions
from qingli.plan.rules.compose import ChosenMeasure
from qingli.plan.rules.schedule import from_norm, occurrences
from qingli.reading import PlanReading, read_text
from qingli.reading.documents import ReadError, load, load_pasted
from qingli.web.asking import UnitView, in_unit, local_day
from qingli.web.measures import catalogue, language, matcher
from qingli.web.posting import do
from qingli.web.words import read_error

TYPES = (
    "text/plain",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
SALT = "qingli.desk.intake"


@in_unit
def new_plan(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    """Paste or upload. Where the text holds several plans, ask which one."""
    require(who, "plan.draft", unit.path)
    if request.method != "POST":
        return render(request, "desk/new_plan.html", {"form": IntakeForm()})
    form = IntakeForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            text, source = _taken(form.cleaned_data["file"], form.cleaned_data["text"])
            found = _plans(text)
        except ReadError as error:
            form.add_error("file" if form.cleaned_data["file"] else "text", read_error(error))
        except FileRefusedError:
            form.add_error("file", _("This file is larger than 20 MB. Take out the pictures, or paste the text."))
        else:
            if len(found) == 1:
                return _take_in(request, who, unit, found[0], text=text, source=source)
            if found:
                return _ask_which(request, found, text, source)
            form.add_error("text", _("No plan was found in it. Paste the text of the plan from its title on."))
    return render(request, "desk/new_plan.html", {"form": form, "form_errors": True}, status=422)


@require_POST
@in_unit
def which(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    """One plan out of several."""
    require(who, "plan.draft", unit.path)
    try:
        text, source = _brought_back(request)
        found = _plans(text)
        chosen = found[int(request.POST.get("plan", ""))]
    except (ReadError, signing.BadSignature, ValueError, IndexError, OSError):
        messages.error(request, _("Choose one of the plans, or take the file again."))
        return redirect("desk:new-plan", unit.id)
    return _take_in(request, who, unit, chosen, text=text, source=source)


def _taken(file: "UploadedFile[Any] | None", pasted: str) -> tuple[str, Taken | None]:
    """The text, and the file once it lies safely on disk. Raises ReadError, FileRefusedError."""
    if file is None:
        return load_pasted(pasted.replace("\r\n", "\n")).text, None
    content, name = file.read(), file.name or ""
    text = load(content, name).text
    try:
        return text, take_file(content=content, name=name, accept=TYPES)
    except FileRefusedError as error:
        if error.code == "too-large":
            raise
        return text, None  # an older kind of file that was converted: its text is kept, the file is not


def _brought_back(request: HttpRequest) -> tuple[str, Taken | None]:
    """What the page that asks which plan carried along: the signed hash of the file, or the pasted text."""
    signed = request.POST.get("source", "")
    if not signed:
        return load_pasted(request.POST.get("text", "").replace("\r\n", "\n")).text, None
    source = Taken(**signing.loads(signed, salt=SALT, max_age=24 * 3600))
    return load(blob_path(source.sha256), source.name).text, source


def _plans(text: str) -> list[PlanReading]:
    """The plans of a text that promise something. Raises ReadError."""
    if len(text) > LONGEST:
        raise ReadError("too-large", size=len(text), limit=LONGEST)
    return [plan for plan in read_text(text, match=matcher().match).plans if plan.actions]


def _ask_which(request: HttpRequest, found: list[PlanReading], text: str, source: Taken | None) -> HttpResponse:
    signed = signing.dumps(asdict(source), salt=SALT, compress=True) if source else ""
    context = {"plans": found, "text": "" if source else text, "source": signed}
    return render(request, "desk/new_plan_which.html", context)


def _take_in(
    request: HttpRequest, who: Asker, unit: UnitView, plan: PlanReading, *, text: str, source: Taken | None
) -> HttpResponse:
    said = _("%(n)s actions were read. Check them beside the text.") % {"n": len(plan.actions)}
    facts: dict[str, Any] = {"unit_id": unit.id, "reading": plan, "text": text, "source": source}
    facts["catalogue"] = catalogue()
    done = do(request, who, actions.take_in_plan, said, **facts)
    return redirect("desk:review", unit.id, done.object_id) if done else redirect("desk:new-plan", unit.id)


@in_unit
def compose(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    """A plan put together from the measures that one ticks."""
    require(who, "plan.draft", unit.path)
    starts, ends, _name = half_years(local_day(unit))[1]
    form = ComposeForm(request.POST or None, initial={"starts": starts, "ends": ends})
    known = catalogue().measures
    chosen = [known[one] for one in known if one in request.POST.getlist("measure")]
    if request.method == "POST" and not chosen:
        form.add_error(None, _("Tick at least one action."))
    if form.is_valid() and chosen:
        facts = _composed(unit, chosen, **form.cleaned_data)
        said = _("The plan is put together. Say who does what and when.")
        if done := do(request, who, actions.compose_plan, said, **facts):
            return redirect("desk:review", unit.id, done.object_id)
    wrong = request.method == "POST" and bool(form.errors)
    context = {"form": form, "form_errors": wrong, "topics": _topics({one.id for one in chosen})}
    return render(request, "desk/compose.html", context, status=422 if wrong else 200)


def _composed(unit: UnitView, chosen: list[Measure], *, starts: date, ends: date, title: str) -> dict[str, Any]:
    """What `compose_plan` takes. The plan is written in the unit's script, whatever language the page has."""
    script: Language = "zh-Hans" if unit.script.value == "zh-hans" else "zh-Hant"
    topics = catalogue().topics
    with translation.override(script.lower()):
        measures = []
        for one in chosen:
            norm = one.default_schedule if _falls_due(one, starts, ends) else None
            topic = topics[one.topic].names.get(script)
            when = norm_words(norm) if norm else ""
            measures.append(ChosenMeasure(one.id, one.names.get(script), topic, when=when, norm=norm))
    return {
        "unit_id": unit.id,
        "starts": starts,
        "ends": ends,
        "title": title,
        "measures": measures,
        "period_name": period_name(starts, ends),
        "catalogue": catalogue(),
    }


def _falls_due(measure: Measure, starts: date, ends: date) -> bool:
    """Whether the measure's usual time comes in the period; else the plan leaves it open, and it is asked for."""
    if not measure.default_schedule:
        return False
    usual = from_norm(measure.default_schedule, surface="")
    return bool(occurrences(usual, start=starts, end=ends, calendar=calendar_of(starts.year)))


def _topics(chosen: set[str]) -> list[dict[str, Any]]:
    """The catalogue by topic, in the language of the page, with each measure's usual time."""
    spoken = language()
    topics: dict[str, dict[str, Any]] = {}
    for one in catalogue().measures.values():
        name = catalogue().topics[one.topic].names.get(spoken)
        topic = topics.setdefault(one.topic, {"id": one.topic, "name": name, "measures": [], "open": False})
        when = norm_words(one.default_schedule) if one.default_schedule else ""
        topic["measures"].append({"id": one.id, "name": one.names.get(spoken), "when": when, "on": one.id in chosen})
        topic["open"] |= one.id in chosen
    return list(topics.values())
