"""First value: a plan read, mended and taken away, without an account and without being kept."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingli.lib import clock
from qingli.public import trial_paper
from qingli.public.forms import KeepForm, PlaceForm, PlanForm
from qingli.public.samples import sample
from qingli.public.trial import Trial, TrialError, fix, parse_steps, read_plans, replace_words, work_out, write_in
from qingli.reading.documents import ReadError, load
from qingli.web.measures import matcher
from qingli.web.papers import MEDIA_TYPES
from qingli.web.words import read_error


def first(request: HttpRequest) -> HttpResponse:
    return render(request, "public/first.html", {"form": PlanForm(), "place_form": PlaceForm()})


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Take the file or the text; where it holds several plans, ask which one."""
    form = PlanForm(request.POST, request.FILES)
    if "sample" in request.POST:
        return _chosen(request, sample(translation.get_language()))
    if form.is_valid():
        try:
            text = _text(form)
            reading = read_plans(text, matcher().match)
        except ReadError as error:
            form.add_error("file" if form.cleaned_data["file"] else "text", read_error(error))
        except TrialError:
            form.add_error("text", _("This is more than 200,000 characters. Paste one plan at a time."))
        else:
            if len(reading.plans) > 1:
                return render(request, "public/which.html", {"plans": reading.plans, "text": text})
            return _chosen(request, text)
    return render(request, "public/first.html", {"form": form, "form_errors": True}, status=422)


def _text(form: PlanForm) -> str:
    file = form.cleaned_data["file"]
    if file:
        return load(file.read(), file.name).text
    return str(form.cleaned_data["text"]).replace("\r\n", "\n")


@require_POST
def which(request: HttpRequest) -> HttpResponse:
    """One plan out of several: only its own text goes on."""
    text = request.POST.get("text", "").replace("\r\n", "\n")
    try:
        plans = read_plans(text, matcher().match).plans
        begin, end = plans[int(request.POST.get("plan", ""))].span
    except (TrialError, ValueError, IndexError):
        messages.error(request, _("Choose one of the plans, or paste it again."))
        return redirect("public:first")
    return _chosen(request, text[begin:end])


def _chosen(request: HttpRequest, text: str) -> HttpResponse:
    return _page(request, text, "[]", "", None)


def _page(request: HttpRequest, original: str, steps: str, community: str, year: int | None) -> HttpResponse:
    trial = _work_out(original, steps, community, year)
    _speak(request, trial)
    context = {"trial": trial, "place_form": PlaceForm(initial={"community": community, "year": year})}
    return render(request, "public/trial.html", context)


def _work_out(original: str, steps: str, community: str, year: int | None) -> Trial:
    today = clock.today(settings.TIME_ZONE)
    places = (community,) if community else ()
    return work_out(original, parse_steps(steps), match=matcher().match, places=places, year=year, today=today)


def visitors_trial(request: HttpRequest) -> Trial:
    """The state that the page carries. Raises TrialError."""
    post = request.POST
    original = post.get("original", "").replace("\r\n", "\n")
    community, year = post.get("community", "").strip()[:60], _year(post.get("year", ""))
    return _work_out(original, post.get("steps", "[]"), community, year)


def _speak(request: HttpRequest, trial: Trial) -> None:
    """Where nobody chose a language, a Chinese page follows the plan's own script."""
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES or translation.get_language() == "en":
        return
    language = "zh-hans" if trial.plan.script == "Hans" else "zh-hant"
    translation.activate(language)
    request.LANGUAGE_CODE = language


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """One tap: a fix, words written in, a step taken back; or a paper to take away; or keeping it."""
    post = request.POST
    community, year = post.get("community", "").strip()[:60], _year(post.get("year", ""))
    try:
        trial = visitors_trial(request)
    except TrialError:
        messages.error(request, _("This page is no longer complete. Paste the plan again."))
        return redirect("public:first")
    what, _colon, rest = post.get("do", "").partition(":")
    if what in ("docx", "ics"):
        _speak(request, trial)
        return _file(trial, what)
    if what == "keep":
        return render(request, "public/keep.html", {"trial": trial, "form": KeepForm(initial={"community": community})})
    steps = list(trial.steps)
    if what == "undo":
        steps = steps[:-1]
    elif step := _step(trial, what, rest, post):
        steps.append(step)
    return _page(request, trial.original, _json(trial, steps), community, year)


def _json(trial: Trial, steps: list[Any]) -> str:
    return replace(trial, steps=tuple(steps)).steps_json


def _step(trial: Trial, what: str, rest: str, post: Any) -> Any:
    numbers = [int(part) if part.isdigit() else -1 for part in rest.split(":")]
    if what == "fix" and len(numbers) == 2:
        return fix(trial, numbers[0], numbers[1])
    if what == "all" and len(numbers) == 1:
        return write_in(trial, numbers[0], post.get(f"all-{numbers[0]}", ""))
    if what == "one" and len(numbers) == 3:
        return write_in(trial, numbers[0], trial_paper.frequency_words(numbers[2]), numbers[1])
    if what == "words" and len(numbers) == 1:
        return replace_words(trial, numbers[0], post.get(f"words-{numbers[0]}", ""))
    return ()


def _year(text: str) -> int | None:
    return int(text) if text.isdigit() and 1990 <= int(text) <= 2200 else None


def _file(trial: Trial, kind: str) -> HttpResponse:
    now = clock.now()
    body = trial_paper.word(trial, now) if kind == "docx" else trial_paper.calendar(trial, now)
    answer = HttpResponse(body, content_type=MEDIA_TYPES[kind])
    name = f"{trial.plan.title or 'plan'}.{kind}"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer
