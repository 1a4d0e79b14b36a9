"""One pass over a clause that finds the words of all concepts and phrases."""

from collections import defaultdict
from dataclasses import dataclass

from .text import normalise
from .types import Catalogue, Vocabulary

OBJECT, BROAD_OBJECT, VERB, SLOGAN, PHRASE = "object", "broad-object", "verb", "slogan", "phrase"
_WEIGHTS = {"objects": 1.0, "broad_objects": 0.8, "verbs": 1.0, "broad_verbs": 0.65}
_ONE_CHARACTER = 0.6  # 清, 查, 发 also stand inside words that are not in the vocabulary
_SHORT = {2: 0.92, 3: 0.96}  # an object of two characters is said in passing more often than one of four


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """A word found from start to end (exclusive) of the normalised clause. `concepts` are measure ids for a phrase."""

    start: int
    end: int
    word: str
    kind: str
    concepts: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class _Role:
    kind: str
    concepts: tuple[str, ...]
    weight: float


class Scanner:
    """Finds words by their first two characters, the longest first; a word inside a longer one does not count."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._words = _index(_roles(catalogue.vocabulary))
        phrases: dict[str, list[str]] = defaultdict(list)
        for measure in catalogue.measures.values():
            for phrase in measure.phrases:
                phrases[normalise(phrase)].append(measure.id)
        self._phrases = _index({word: [_Role(PHRASE, tuple(ids), 1.0)] for word, ids in phrases.items()})

    def scan(self, text: str) -> tuple[list[Hit], list[Hit], list[Hit]]:
        """Objects (with slogans among them), verbs and phrases, each in the order of the text."""
        objects: list[Hit] = []
        verbs: list[Hit] = []
        phrases: list[Hit] = []
        words, known_phrases = self._words, self._phrases
        covered = 0
        for start in range(len(text)):
            key = text[start : start + 2]
            for word, roles in known_phrases.get(key, ()):
                if text.startswith(word, start):
                    phrases += _hits(start, word, roles)
                    break
            for word, roles in words.get(key) or words.get(text[start], ()):
                if text.startswith(word, start):
                    if start + len(word) > covered:
                        covered = start + len(word)
                        for hit in _hits(start, word, roles):
                            (verbs if hit.kind == VERB else objects).append(hit)
                    break
        return objects, verbs, phrases


def _hits(start: int, word: str, roles: list[_Role]) -> list[Hit]:
    return [Hit(start, start + len(word), word, role.kind, role.concepts, role.weight) for role in roles]


def _roles(vocabulary: Vocabulary) -> dict[str, list[_Role]]:
    """What each word may stand for: at most one role of each kind, with all its concepts."""
    found: dict[str, dict[str, _Role]] = defaultdict(dict)
    sections = (("objects", OBJECT), ("broad_objects", BROAD_OBJECT), ("verbs", VERB), ("broad_verbs", VERB))
    for section, kind in sections:
        for concept, words in getattr(vocabulary, section).items():
            for word in words:
                spelling = normalise(word)
                earlier = found[spelling].get(kind)
                weight = _weight(section, spelling)
                found[spelling][kind] = _Role(
                    kind, (*(earlier.concepts if earlier else ()), concept), max(weight, earlier.weight if earlier else 0)
                )
    for word in vocabulary.slogans:
        found[normalise(word)].setdefault(SLOGAN, _Role(SLOGAN, (), 0.0))
    return {word: list(roles.values()) for word, roles in found.items()}


def _weight(section: str, word: str) -> float:
    weight = _WEIGHTS[section]
    if "verbs" in section:
        return min(weight, _ONE_CHARACTER) if len(word) == 1 else weight
    return weight * _SHORT.get(len(word), 1.0)


def _index(roles: dict[str, list[_Role]]) -> dict[str, list[tuple[str, list[_Role]]]]:
    """Words by their first two characters (one, for words of one), longest first.

    A bucket of two characters also holds the one-character words with the same beginning, so that one look is enough.
    """
    index: dict[str, list[tuple[str, list[_Role]]]] = defaultdict(list)
    for word, meanings in roles.items():
        index[word[:2]].append((word, meanings))
    for key, bucket in index.items():
        if len(key) == 2 and key[0] in roles:
            bucket.append((key[0], roles[key[0]]))
        bucket.sort(key=lambda item: -len(item[0]))
    return dict(index)
