"""One pass over a clause that finds the words of all concepts and phrases."""

from collections import defaultdict
from typing import NamedTuple

from .text import normalise
from .types import Catalogue, Vocabulary

OBJECT, PEOPLE, BROAD_OBJECT, VERB, SLOGAN, FILLER, PHRASE = range(7)
_SECTIONS = (
    ("objects", OBJECT, 1.0),
    ("people", PEOPLE, 0.85),
    ("broad_objects", BROAD_OBJECT, 0.8),
    ("verbs", VERB, 1.0),
    ("broad_verbs", VERB, 0.65),
)
_ONE_CHARACTER = 0.6  # 清, 查, 发 also stand inside words that are not in the vocabulary
_SHORT = {1: 0.9, 2: 0.92, 3: 0.96}  # an object of two characters is said in passing more often than one of four


class Hit(NamedTuple):
    """A word found from start to end (exclusive) of the normalised clause. `concepts` are measure ids for a phrase."""

    start: int
    end: int
    word: str
    kind: int
    concepts: tuple[str, ...]
    weight: float


_Role = tuple[int, tuple[str, ...], float]
"""A kind, the concepts (or measure ids) and the weight that a word has as such."""
_Index = dict[str, list[tuple[str, list[_Role]]]]


class Scanner:
    """Finds words by their first two characters, the longest first; a word inside a longer one does not count."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._words: _Index = _index(_roles(catalogue.vocabulary))
        phrases: dict[str, list[str]] = defaultdict(list)
        for measure in catalogue.measures.values():
            for phrase in measure.phrases:
                phrases[normalise(phrase)].append(measure.id)
        self._phrases = _index({word: [(PHRASE, tuple(ids), 1.0)] for word, ids in phrases.items()})

    def scan(self, text: str) -> tuple[list[Hit], list[Hit], list[Hit]]:
        """Objects (with slogans among them), verbs and phrases, each in the order of the text."""
        objects: list[Hit] = []
        verbs: list[Hit] = []
        phrases: list[Hit] = []
        words, known_phrases = self._words, self._phrases
        covered = 0
        for start, first in enumerate(text):
            key = text[start : start + 2]
            if key in known_phrases:
                phrases += _first(text, start, known_phrases[key])
            bucket = words.get(key) or words.get(first)
            if bucket is None:
                continue
            for word, roles in bucket:
                if text.startswith(word, start):
                    end = start + len(word)
                    if end > covered:
                        covered = end
                        for kind, concepts, weight in roles:
                            if kind != FILLER:
                                (verbs if kind == VERB else objects).append(Hit(start, end, word, kind, concepts, weight))
                    break
        return objects, verbs, phrases


def _first(text: str, start: int, bucket: list[tuple[str, list[_Role]]]) -> list[Hit]:
    for word, roles in bucket:
        if text.startswith(word, start):
            return [Hit(start, start + len(word), word, *role) for role in roles]
    return []


def _roles(vocabulary: Vocabulary) -> dict[str, list[_Role]]:
    """What each word may stand for: at most one role of each kind, with all its concepts."""
    found: dict[str, dict[int, _Role]] = defaultdict(dict)
    for section, kind, weight in _SECTIONS:
        for concept, words in getattr(vocabulary, section).items():
            for word in map(normalise, words):
                _, concepts, earlier = found[word].get(kind, (kind, (), 0.0))
                found[word][kind] = kind, (*concepts, concept), max(earlier, _weight(kind, weight, word))
    for kind, words in ((SLOGAN, vocabulary.slogans), (FILLER, vocabulary.fillers)):
        for word in map(normalise, words):
            found[word].setdefault(kind, (kind, (), 0.0))
    return {word: list(roles.values()) for word, roles in found.items()}


def _weight(kind: int, weight: float, word: str) -> float:
    if kind == VERB:
        return min(weight, _ONE_CHARACTER) if len(word) == 1 else weight
    return weight * _SHORT.get(len(word), 1.0)


def _index(roles: dict[str, list[_Role]]) -> _Index:
    """Words by their first two characters (one, for words of one), longest first.

    A bucket of two characters also holds the one-character word with the same beginning, so that one look is enough.
    """
    index: _Index = defaultdict(list)
    for word, meanings in roles.items():
        index[word[:2]].append((word, meanings))
    for key, bucket in index.items():
        if len(key) == 2 and key[0] in roles:
            bucket.append((key[0], roles[key[0]]))
        bucket.sort(key=lambda item: -len(item[0]))
    return dict(index)
