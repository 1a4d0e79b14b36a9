"""First value: a plan read, mended and taken away, without an account and without being kept."""

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingli.lib import clock
from qingli.lib.slots import BusyError, Slots
from qingli.public import trial_paper
from qingli.public.forms import KeepForm, PlaceForm, PlanForm
from qingli.public.samples import sample
from qingli.public.trial import (
    LONGEST,
    MOST_STEPS,
    Step,
    Trial,
    TrialError,
    fine,
    fix,
    parse_steps,
    read_plans,
    replace_words,
    tidy,
    work_out,
    write_in,
)
from qingli.reading import PlanReading
from qingli.reading.documents import ReadError, load, load_pasted
from qingli.web.measures import matcher
from qingli.web.papers import MEDIA_TYPES
from qingli.web.words import read_error

SLOTS = Slots(1)
"""Reading is costly and strangers may ask for it: one at a time in each process."""

P = ParamSpec("P")


def in_turn(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page wait for its turn for a moment; then say that others are being served and nothing is lost."""

    @functools.wraps(view)
    def run(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            with SLOTS.one():
                return view(request, *args, **kwargs)
        except BusyError:
            return render(request, "public/busy.html", status=503)

    return run


def first(request: HttpRequest) -> HttpResponse:
    return render(request, "public/first.html", {"form": PlanForm(), "place_form": PlaceForm()})


@require_POST
@in_turn
def read(request: HttpRequest) -> HttpResponse:
    """Take the file or the text; where it holds several plans, ask which one."""
    form = PlanForm(request.POST, request.FILES)
    if "sample" in request.POST:
        return _chosen(request, sample(translation.get_language()))
    if form.is_valid():
        try:
            text = tidy(_text(form))
            reading = read_plans(text, matcher().match)
        except ReadError as error:
            form.add_error("file" if form.cleaned_data["file"] else "text", read_error(error))
        except TrialError:
            form.add_error("text", _("This is more than 200,000 characters. Paste one plan at a time."))
        else:
            if len(reading.plans) > 1:
                _speak(request, reading.plans[0])
                return render(request, "public/which.html", {"plans": reading.plans, "text": text})
            if reading.plans:
                return _chosen(request, text)
            form.add_error("text", _("No plan was found in it. Paste a work plan, for example last half-year's."))
    return render(request, "public/first.html", {"form": form, "form_errors": True}, status=422)


def _text(form: PlanForm) -> str:
    file = form.cleaned_data["file"]
    if file:
        return load(file.read(), file.name or "").text
    return load_pasted(form.cleaned_data["text"]).text


@require_POST
@in_turn
def which(request: HttpRequest) -> HttpResponse:
    """One plan out of several: only its own text goes on."""
    text, (number,) = tidy(request.POST.get("text", "")), _numbers(request.POST.get("plan", ""))[:1]
    try:
        begin, end = read_plans(text, matcher().match).plans[number].span
    except (TrialError, IndexError):
        messages.error(request, _("Choose one of the plans, or paste it again."))
        return redirect("public:first")
    return _chosen(request, text[begin:end])


def _chosen(request: HttpRequest, text: str) -> HttpResponse:
    try:
        return _page(request, _work_out(tidy(text), (), "", None))
    except TrialError:
        messages.error(request, _("No plan was found in it. Paste a work plan, for example last half-year's."))
        return redirect("public:first")


def _page(request: HttpRequest, trial: Trial) -> HttpResponse:
    _speak(request, trial.plan)
    community = trial.places[0] if trial.places else ""
    place_form = PlaceForm(initial={"community": community, "year": trial.year})
    return render(request, "public/trial.html", {"trial": trial, "place_form": place_form})


def _work_out(original: str, steps: Sequence[Step], community: str, year: int | None) -> Trial:
    today = clock.today(settings.TIME_ZONE)
    places = (community,) if community else ()
    return work_out(original, steps, match=matcher().match, places=places, year=year, today=today)


def visitors_trial(request: HttpRequest) -> Trial:
    """The state that the page carries. Raises TrialError."""
    post = request.POST
    community = " ".join(tidy(post.get("community", "")).split())[:60]
    steps = parse_steps(post.get("steps", "[]"))
    trial = _work_out(tidy(post.get("original", "")), steps, community, _year(post.get("year", "")))
    _speak(request, trial.plan)
    return trial


def _speak(request: HttpRequest, plan: PlanReading) -> None:
    """Where nobody chose a language, a Chinese page follows the plan's own script."""
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES or translation.get_language() == "en":
        return
    language = "zh-hans" if plan.script == "Hans" else "zh-hant"
    translation.activate(language)
    request.LANGUAGE_CODE = language


@require_POST
@in_turn
def change(request: HttpRequest) -> HttpResponse:
    """One tap: a fix, words written in, a step taken back; or a paper to take away; or keeping it."""
    try:
        trial = visitors_trial(request)
    except TrialError:
        messages.error(request, _("This page is no longer complete. Paste the plan again."))
        return redirect("public:first")
    what, _colon, rest = request.POST.get("do", "").partition(":")
    if what in ("docx", "ics"):
        return _file(trial, what)
    if what == "keep":
        community = trial.places[0] if trial.places else ""
        return render(request, "public/keep.html", {"trial": trial, "form": KeepForm(initial={"community": community})})
    steps = trial.steps[:-1] if what == "undo" else _and(trial, _step(trial, what, rest, request.POST))
    if steps == trial.steps:
        return _page(request, trial)
    try:
        return _page(request, _work_out(trial.original, steps, "".join(trial.places[:1]), trial.year))
    except TrialError:  # the last step would leave no plan, or one that is too long
        messages.error(request, _("This cannot be changed in that way. Nothing was changed."))
        return _page(request, trial)


def _and(trial: Trial, step: Step) -> tuple[Step, ...]:
    return (*trial.steps, step) if step and len(trial.steps) < MOST_STEPS else trial.steps


def _step(trial: Trial, what: str, rest: str, post: Mapping[str, str]) -> Step:
    """What a button says, as a step; one that the page does not have says nothing."""
    step: Step = ()
    match what, _numbers(rest):
        case "fix", [number, choice]:
            step = fix(trial, number, choice)
        case "fine", [number]:
            step = fine(trial, number)
        case "all", [number]:
            step = write_in(trial, number, tidy(post.get(f"all-{number}", "")))
        case "one", [number, action, choice]:
            step = write_in(trial, number, trial_paper.frequency_words(choice), action)
        case "words", [number]:
            step = _typed(trial, number, post)
        case "enter", _:  # the key, in one of the fields
            typed = (_typed(trial, shown.id, post) for shown in trial.shown)
            step = next((one for one in typed if one), ())
    return step


def _typed(trial: Trial, number: int, post: Mapping[str, str]) -> Step:
    return replace_words(trial, number, tidy(post.get(f"words-{number}", "")))


def _numbers(text: str) -> list[int]:
    """The numbers of a button's value; what is none is one that nothing has."""
    return [int(part) if re.fullmatch("[0-9]{1,6}", part) else LONGEST for part in text.split(":")]


def _year(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{4}", text) and 1990 <= int(text) <= 2200 else None


def _file(trial: Trial, kind: str) -> HttpResponse:
    now = clock.now()
    body = trial_paper.word(trial, now) if kind == "docx" else trial_paper.calendar(trial, now)
    answer = HttpResponse(body, content_type=MEDIA_TYPES[kind])
    title = re.sub(r'[\s/\\:*?"<>|]+', " ", trial.plan.title).strip()[:60]
    name = f"{title or 'plan'}.{kind}"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer
