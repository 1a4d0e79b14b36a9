"""What the pages say is there: links, pictures, commands, buttons, files; and they speak of the project alone."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

import qingli
from qingli.cli.main import COMMANDS
from qingli.lib.messages.catalogs import load, messages, po_path, strings
from qingli.lib.messages.extract import wanted
from tests.docs.pages import CODE, DOCS, FENCE, LINK, ROOT, in_the_code, pages, read, sentences

PACKAGE = Path(qingli.__file__).parent
CALLED = re.compile(r"(?<![\w-])(?<!-u )qingli +(?!qingli\b)([a-z]+)\b")  # the user of the machine is called so too
PATH = re.compile(r"^(?:src|tests|scripts|docs|benchmarks)/[\w./-]+$")
DOTTED = re.compile(
    r"^(?:archive|ground|ledger|board|plan|work|proof|title|reading|catalogue|savings|papers|insight|flow|web|desk|public"
    r"|cli|lib|settings)(?:\.\w+)+$"
)
BOLD = re.compile(r"\*\*([^*]+)\*\*")
EXAMPLE = re.compile(r"^#+ .*(?:例子|[Ee]xample)", re.MULTILINE)
SOURCE = re.compile(r"^#+ .*(?:依據|[Ww]here it comes from|[Ss]ource)", re.MULTILINE)
# Paths of one machine and notes for later: neither is the reader's business.
BANNED = re.compile(
    r"(?<!QINGLI_HOME=)/tmp/|/home/\w|/root/|/Users/|\.\./shared"
    r"|\bTODO\b|\bFIXME\b",
    re.IGNORECASE,
)


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def lost_links(page: Path, text: str) -> list[str]:
    """Links and pictures of a page that lead to no file of the project."""
    targets = [target.partition("#")[0] for target in LINK.findall(sentences(text)) if "://" not in target]
    return [target for target in targets if target and not (page.parent / unquote(target)).exists()]


def commands(text: str) -> set[str]:
    """The words after `qingli` wherever a page shows a command."""
    shown = [*FENCE.findall(text), *CODE.findall(sentences(text))]
    return {word for code in shown for line in code.splitlines() for word in CALLED.findall(line.split("#")[0])}


@pytest.mark.parametrize("page", pages(), ids=named)
class TestPage:
    def test_links_and_pictures_lead_somewhere(self, page: Path) -> None:
        assert lost_links(page, read(page)) == []

    def test_commands_exist(self, page: Path) -> None:
        assert commands(read(page)) - set(COMMANDS) - {"help"} == set()

    def test_files_that_are_named_exist(self, page: Path) -> None:
        paths = [code for code in CODE.findall(sentences(read(page))) if PATH.match(code)]
        assert [path for path in paths if not (ROOT / path).exists()] == []

    def test_it_speaks_of_the_project_alone(self, page: Path) -> None:
        assert BANNED.findall(read(page)) == []


def test_names_for_developers_are_in_the_code() -> None:
    dotted = [code for code in CODE.findall(sentences(read(DOCS / "developers.md"))) if DOTTED.match(code)]
    assert len(dotted) > 30
    for name in dotted:
        in_the_code(name)


def test_faults_are_noticed() -> None:
    assert lost_links(DOCS / "x.md", "[a](words.md#b) ![b](gone.png) [c](https://example.org)") == ["gone.png"]
    assert commands("`./qingli fly --far`\n```sh\nqingli read a  # qingli b\n```\n") == {"fly", "read"}
    assert BANNED.search("see /home/somebody/notes and TODO")
    assert not BANNED.search("A web session lasts twelve hours; the deed is promptly done")


def test_trials_that_are_named_exist() -> None:
    told = {name for page in pages() for name in re.findall(r"\bsoak ([a-z]\w*)", read(page))}
    assert {name for name in told if not (ROOT / "benchmarks" / f"{name}.py").is_file()} == set()


def test_every_command_is_told_of() -> None:
    told = set().union(*(commands(read(page)) for page in pages()))
    assert set(COMMANDS) - told == set()


def test_the_two_commands_of_the_readme() -> None:
    assert (ROOT / "qingli").is_file()
    for page in (ROOT / "README.md", ROOT / "README.zh-Hant.md"):
        (block,) = [block for block in FENCE.findall(read(page)) if "./qingli" in block]
        assert [line.split()[1] for line in block.strip().splitlines()] == ["demo", "test"]
        assert {"demo", "test"} <= set(COMMANDS)


def test_every_rule_has_an_example_and_a_source_and_stands_in_the_index() -> None:
    rules = sorted(page for page in (DOCS / "rules").glob("*.md") if page.name != "README.md")
    index = LINK.findall(read(DOCS / "rules" / "README.md"))
    for page in rules:
        text = read(page)
        assert EXAMPLE.search(text), f"{page.name} has no example"
        assert SOURCE.search(text), f"{page.name} does not say where the rule comes from"
    assert sorted(target for target in index if "/" not in target) == [page.name for page in rules]


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page.is_dir():
            waiting += sorted(page.glob("*.md"))
        if page in reached or not page.is_file() or page.suffix != ".md":
            continue
        reached.add(page)
        links = [target.partition("#")[0] for target in LINK.findall(read(page)) if "://" not in target]
        waiting += [(page.parent / target).resolve() for target in links if target]
    assert [named(page) for page in pages() if page not in reached] == []


@pytest.mark.parametrize(("name", "locale"), [("first-hour.md", ""), ("first-hour.zh-Hant.md", "zh_Hant")])
def test_the_first_hour_names_buttons_as_they_are(name: str, locale: str) -> None:
    rooms = [PACKAGE / room for room in ("desk", "public", "web")]
    if locale:
        found = [strings(message) for room in rooms for message in messages(load(po_path(room, locale), locale))]
    else:
        found = [(want.id,) if isinstance(want.id, str) else want.id for room in rooms for want in wanted(room)]
    spoken = {text for texts in found for text in texts}
    bold = [" ".join(words.split()) for words in BOLD.findall(read(DOCS / name))]
    assert len(bold) > 20
    assert [words for words in bold if words not in spoken] == []
