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
    ("broad_verbs", VERB, 0.75),
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
_END = "\0"  # follows the text, and is in no word


class _Node(dict[str, "_Node"]):
    """A step of the trie: the next characters, and what the word that ends here stands for."""

    __slots__ = ("phrases", "roles")

    def __init__(self) -> None:
        super().__init__()
        self.roles: tuple[_Role, ...] = ()
        self.phrases: tuple[_Role, ...] = ()

    def reach(self, word: str) -> "_Node":
        node = self
        for character in word:
            node = node.setdefault(character, _Node())
        return node


class Scanner:
    """Finds the longest word at each place; a word inside a longer one does not count. Phrases are found besides."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._root = _Node()
        for word, roles in _roles(catalogue.vocabulary).items():
            self._root.reach(word).roles = roles
        for measure in catalogue.measures.values():
            for phrase in measure.phrases:
                node = self._root.reach(normalise(phrase))
                node.phrases = (*node.phrases, (PHRASE, (measure.id,), 1.0))

    def scan(self, text: str) -> tuple[list[Hit], list[Hit], list[Hit]]:
        """Objects (with slogans among them), verbs and phrases, each in the order of the text."""
        objects: list[Hit] = []
        verbs: list[Hit] = []
        phrases: list[Hit] = []
        root, covered = self._root, 0
        padded = text + _END
        for start, first in enumerate(text):
            node = root.get(first)
            end, word_end = start, 0
            roles: tuple[_Role, ...] = ()
            while node is not None:
                end += 1
                if node.roles:
                    roles, word_end = node.roles, end
                for role in node.phrases:
                    phrases.append(Hit(start, end, text[start:end], *role))
                node = node.get(padded[end])
            if word_end > covered:
                covered = word_end
                for role in roles:
                    if role[0] != FILLER:
                        hit = Hit(start, word_end, text[start:word_end], *role)
                        (verbs if hit.kind == VERB else objects).append(hit)
        return objects, verbs, phrases


def _roles(vocabulary: Vocabulary) -> dict[str, tuple[_Role, ...]]:
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
    for word, roles in found.items():
        if OBJECT in roles and VERB not in roles:
            roles.update(_verb_at_end(word, found))
    return {word: tuple(roles.values()) for word, roles in found.items()}


def _verb_at_end(word: str, found: dict[str, dict[int, _Role]]) -> dict[int, _Role]:
    """水质检测 and 旧物交换 name an object and end with what is done to it; 宣传栏 only begins so."""
    for start in range(1, len(word) - 1):
        role = found.get(word[start:], {}).get(VERB)
        if role is not None:
            return {VERB: role}
    return {}


def _weight(kind: int, weight: float, word: str) -> float:
    if kind == VERB:
        return min(weight, _ONE_CHARACTER) if len(word) == 1 else weight
    return weight * _SHORT.get(len(word), 1.0)
