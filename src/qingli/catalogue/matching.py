"""Finds the measure that a clause of a plan speaks about, by pairs of object and verb.

A clause is scanned once for all words of the concepts. A measure is scored by its best pair: how telling the object is,
how telling the verb, how close the two stand. String similarity only settles ties, because clauses that look alike
(have the tank cleaned, have the stairs swept) are often about different things.
"""

import re
from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz

from .clauses import core
from .grammar import Clause, set_aside, tells_where
from .loader import load_catalogue
from .text import normalise
from .types import Catalogue, Measure, Pair
from .words import BROAD_OBJECT, SLOGAN, Hit, Scanner

THRESHOLD = 0.5
"""Below this a clause is taken for a slogan or for something that the catalogue does not know."""
_BEST = 3
_LONGEST = 500  # characters; what runs on longer without a stop is looked at so far
_TIE = 0.03
_REACH = 16.0  # characters after which a verb counts half; a comma between is as far as _COMMA characters
_COMMA = 8
_COMMAS = re.compile(",")
_LATER = 0.025  # lost for each comma before the object: the first thing said is usually the undertaking
_MINOR = 0.7  # the weight of an object that is named but not acted on; see grammar.py
_WHERE = 0.85  # the weight of an object that only tells where
_WITH_VERB, _ALONE = 0.4, 0.6  # what an object is worth before its verb is weighed
_CEILING = 0.95
_BESIDE = 0.05  # a pair that asks for two objects knows more than one that asks for one
_PHRASE_ALONE, _PHRASE_BONUS, _MORE_OBJECTS, _SLOGAN_LOSS = 0.7, 0.08, 0.02, 0.25


@dataclass(frozen=True, slots=True)
class Reason:
    """A word of the clause (normalised) that spoke for a measure, and the concept or phrase that it belongs to."""

    kind: Literal["object", "verb", "phrase"]
    concept: str
    word: str


@dataclass(frozen=True, slots=True)
class MeasureMatch:
    """A measure that fits a clause; `score` from 0 to 1."""

    measure: str
    topic: str
    score: float
    why: tuple[Reason, ...]


@dataclass(slots=True)
class _Candidate:
    """A measure under consideration, with the best that was found for it so far."""

    measure: Measure
    start: int
    score: float = 0.0
    object: Hit | None = None
    verb: Hit | None = None
    phrase: Hit | None = None
    more: int = 0


class Matcher:
    """Matches clauses against one catalogue. Safe to share between threads; building it takes some milliseconds."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._measures = catalogue.measures
        self._scanner = Scanner(catalogue)
        self._pairs: dict[str, list[tuple[Measure, Pair]]] = defaultdict(list)
        self._takes: dict[str, set[str]] = defaultdict(set)
        for measure in catalogue.measures.values():
            for pair in measure.pairs:
                self._pairs[pair.object].append((measure, pair))
                self._takes[pair.object] |= pair.verbs
        self._texts = {
            measure.id: [normalise(text) for text in (measure.names.zh_hans, *measure.phrases)]
            for measure in catalogue.measures.values()
        }

    def __call__(self, clause: str) -> tuple[MeasureMatch, ...]:
        return self.match(clause)

    def match(self, clause: str) -> tuple[MeasureMatch, ...]:
        """Up to three measures, best first; none for a slogan or where no undertaking is found. Either script."""
        text = core(normalise(clause[:_LONGEST]))
        objects, verbs, phrases = self._scanner.scan(text)
        found = Clause(text, objects, [set_aside(text, verb) for verb in verbs], self._takes)
        minor = found.minor()
        candidates: dict[str, _Candidate] = {}
        self._weigh(found, minor, candidates)
        for hit in phrases:
            if not any(word.start <= hit.start and hit.end <= word.end for word in minor):
                self._add_phrase(hit, candidates)
        good = [candidate for candidate in candidates.values() if candidate.score >= THRESHOLD]
        if not good:
            return ()
        good.sort(key=_rank)
        if len(good) > 1 and good[0].score - good[1].score < _TIE:
            self._settle(text, good)
        return tuple(_matched(candidate) for candidate in good[:_BEST])

    def _weigh(self, clause: Clause, minor: list[Hit], candidates: dict[str, _Candidate]) -> None:
        named = {concept for hit in clause.objects for concept in hit.concepts}
        loss = _SLOGAN_LOSS if any(hit.kind == SLOGAN for hit in clause.objects) else 0.0
        commas = [comma.start() for comma in _COMMAS.finditer(clause.text)]
        for hit in clause.objects:
            weight = hit.weight * (_MINOR if hit in minor else 1.0)
            if tells_where(clause.text, hit):
                weight *= _WHERE
            lost = _LATER * bisect(commas, hit.start) + (loss if hit.kind == BROAD_OBJECT else 0.0)
            for measure, pair in (found for concept in hit.concepts for found in self._pairs.get(concept, ())):
                if pair.beside is None or pair.beside in named:
                    score, verb = _score(hit, clause.verbs, pair, commas)
                    _keep(candidates, measure, hit, verb, score * weight - lost)

    def _add_phrase(self, hit: Hit, candidates: dict[str, _Candidate]) -> None:
        for identity in hit.concepts:
            candidate = candidates.get(identity)
            if candidate is None:
                candidate = candidates[identity] = _Candidate(self._measures[identity], hit.start)
            if candidate.phrase is None:
                candidate.score = min(1.0, max(candidate.score, _PHRASE_ALONE) + _PHRASE_BONUS)
                candidate.phrase = hit

    def _settle(self, text: str, good: list[_Candidate]) -> None:
        """Orders those that tie by how much their names and phrases look like the clause."""
        best = good[0].score
        for candidate in good:
            if best - candidate.score < _TIE:
                likeness = max(fuzz.partial_ratio(text, known) for known in self._texts[candidate.measure.id])
                candidate.score = min(1.0, candidate.score + likeness / 100 * _TIE)
        good.sort(key=_rank)


def _rank(candidate: _Candidate) -> tuple[float, int, str]:
    return -candidate.score, candidate.start, candidate.measure.id


def _score(hit: Hit, verbs: list[Hit], pair: Pair, commas: list[int]) -> tuple[float, Hit | None]:
    best, chosen = 0.0, None
    for verb in verbs:
        if pair.verbs.isdisjoint(verb.concepts) or verb.weight <= best:
            continue
        first, second = (verb.end, hit.start) if verb.start < hit.start else (hit.end, verb.start)
        gap = max(0, second - first)
        if gap and commas:
            gap += _COMMA * (bisect(commas, second) - bisect(commas, first - 1))
        worth = verb.weight * _REACH / (_REACH + gap)
        if worth > best:
            best, chosen = worth, verb
    if chosen is None and not pair.alone:
        return 0.0, None
    floor = _ALONE if pair.alone else _WITH_VERB
    return floor + (_CEILING - floor) * best + (_BESIDE if pair.beside else 0.0), chosen


def _keep(candidates: dict[str, _Candidate], measure: Measure, hit: Hit, verb: Hit | None, score: float) -> None:
    if score <= 0.0:
        return
    candidate = candidates.get(measure.id)
    if candidate is None:
        candidates[measure.id] = _Candidate(measure, hit.start, score, hit, verb)
        return
    if candidate.object is not hit and candidate.more < 2:
        candidate.more += 1
        candidate.score += _MORE_OBJECTS
    if score > candidate.score:
        candidate.score, candidate.object, candidate.verb = score, hit, verb


def _matched(candidate: _Candidate) -> MeasureMatch:
    why = []
    if candidate.object is not None:
        why.append(Reason("object", candidate.object.concepts[0], candidate.object.word))
    if candidate.verb is not None:
        why.append(Reason("verb", candidate.verb.concepts[0], candidate.verb.word))
    if candidate.phrase is not None:
        why.append(Reason("phrase", candidate.measure.id, candidate.phrase.word))
    measure = candidate.measure
    return MeasureMatch(measure.id, measure.topic, round(min(1.0, candidate.score), 3), tuple(why))


@lru_cache(maxsize=1)
def default_matcher() -> Matcher:
    """The matcher of the built-in catalogue, made once."""
    return Matcher(load_catalogue())
