"""Message catalogues without the gettext tools."""

from pathlib import Path

import pytest

from qingli.lib.messages.__main__ import main
from qingli.lib.messages.catalogs import load, po_path
from qingli.lib.messages.extract import wanted

PAGE = """{% load i18n %}
<h1>{% translate "Today" %}</h1>
    {% blocktranslate trimmed count n=tasks %}
        {{ n }} task
      {% plural %}
        {{ n }} tasks
    {% endblocktranslate %}
  <a title="{{ _('Plans') }}">{% blocktranslate context "verb" with name=who %}Ask {{ name }}{% endblocktranslate %}</a>
"""
CODE = '''
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
def f(n):
    """Not a message: _("no")."""
    return _("Today"), _("It's \\"quoted\\""), ngettext("%(n)s file", "%(n)s files", n), pgettext_lazy("noun", "Case")
'''


@pytest.fixture
def root(tmp_path: Path) -> Path:
    room = tmp_path / "desk"
    (room / "templates" / "desk").mkdir(parents=True)
    (room / "templates" / "desk" / "a.html").write_text(PAGE, encoding="utf8")
    (room / "views.py").write_text(CODE, encoding="utf8")
    (tmp_path / "web").mkdir()
    return tmp_path


def run(root: Path, *words: str) -> int:
    return main([*words, "--root", str(root)])


def translate(root: Path, pairs: dict[str, str]) -> None:
    path = po_path(root / "desk", "zh_Hant")
    lines, current = [], ""
    for line in path.read_text(encoding="utf8").splitlines():
        if line.startswith("msgid "):
            current = line[7:-1].replace('\\"', '"')
        if line in ('msgstr ""', 'msgstr[0] ""') and current in pairs:
            line = line.replace('""', f'"{pairs[current]}"')  # noqa: PLW2901 - the line, translated
        lines.append(line)
    path.write_text("\n".join(lines) + "\n", encoding="utf8")


CHINESE = {
    "Today": "今天開工",
    "%(n)s task": "%(n)s 項任務",
    "Plans": "計劃",
    "Ask %(name)s": "詢問%(name)s",
    'It\'s "quoted"': "引文",
    "%(n)s file": "%(n)s 個檔案",
    "Case": "問題單",
}


def test_messages_of_templates_and_code_are_found(root: Path) -> None:
    found = {(want.id, want.context) for want in wanted(root / "desk")}
    assert found == {
        ("Today", None),
        (("%(n)s task", "%(n)s tasks"), None),
        ("Plans", None),
        ("Ask %(name)s", "verb"),
        ('It\'s "quoted"', None),
        (("%(n)s file", "%(n)s files"), None),
        ("Case", "noun"),
    }


def test_from_nothing_to_complete(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "check") == 1
    assert run(root, "extract") == 1
    assert run(root, "extract", "--write") == 0
    assert run(root, "extract") == 0
    assert run(root, "check") == 1
    translate(root, CHINESE)
    assert run(root, "hans") == 0
    assert run(root, "check") == 1
    assert "the .mo is not up to date" in capsys.readouterr().out
    assert run(root, "compile") == 0
    assert run(root, "check") == 0
    hans = load(po_path(root / "desk", "zh_Hans"), "zh_Hans")
    message = hans.get("Today")
    assert message
    assert message.string == "今天开工"


@pytest.fixture
def complete(root: Path) -> Path:
    run(root, "extract", "--write")
    translate(root, CHINESE)
    run(root, "hans")
    run(root, "compile")
    assert run(root, "check") == 0
    return root


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("今天開工", "", "'Today' is not translated"),
        ("%(n)s 項任務", "%(m)s 項任務", "other placeholders"),
        ('msgid "Today"', '#, fuzzy\nmsgid "Today"', "is fuzzy"),
        ('msgid "Plans"', 'msgid "Plants"', "'Plans' is missing"),
        ('msgid "Plans"', 'msgid "Plants"', "'Plants' is asked for nowhere"),
        ("計劃", "規劃", "the .mo is not up to date"),
    ],
)
def test_every_fault_is_told(complete: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, told: str) -> None:
    path = po_path(complete / "desk", "zh_Hant")
    path.write_text(path.read_text(encoding="utf8").replace(old, new), encoding="utf8")
    assert run(complete, "check") == 1
    assert told in capsys.readouterr().out


def test_a_review_of_the_simplified_text_is_not_overwritten(complete: Path) -> None:
    path = po_path(complete / "desk", "zh_Hans")
    path.write_text(path.read_text(encoding="utf8").replace("今天开工", "今日"), encoding="utf8")
    run(complete, "hans")
    assert "今日" in path.read_text(encoding="utf8")


def test_what_the_shared_room_translates_is_not_asked_for_again(root: Path) -> None:
    shared = po_path(root / "web", "zh_Hant")
    shared.parent.mkdir(parents=True)
    shared.write_text('msgid "Today"\nmsgstr "今天"\n', encoding="utf8")
    run(root, "extract", "--write")
    assert load(po_path(root / "desk", "zh_Hant"), "zh_Hant").get("Today") is None
    assert load(po_path(root / "desk", "zh_Hans"), "zh_Hans").get("Today") is not None


def test_headers_say_nothing_about_who_and_when(complete: Path) -> None:
    text = po_path(complete / "desk", "zh_Hant").read_text(encoding="utf8")
    assert "Translator" not in text
    assert "Date" not in text


def test_an_unknown_room_is_told(root: Path) -> None:
    with pytest.raises(SystemExit, match="no room nowhere"):
        run(root, "check", "nowhere")
