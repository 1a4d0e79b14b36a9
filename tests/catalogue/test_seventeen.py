"""Every concrete undertaking of the seventeen real plans finds its measure."""

import re
from pathlib import Path

import pytest

from qingli.catalogue import default_matcher, load_catalogue

# Where an undertaking stands in plans-17.txt (offset, length) and the measures that are right for it, by hand.
UNDERTAKINGS = [
    (180, 52, "leading-group"),
    (232, 35, "regular-meeting"),
    (330, 23, "publicity-board slogans-posters"),
    (353, 14, "leaflets"),
    (368, 13, "science-outreach"),
    (382, 19, "volunteer-service"),
    (402, 8, "experience-exchange"),
    (411, 12, "waste-sorting"),
    (424, 22, "citizen-school litter-persuasion"),
    (564, 8, "warning-education"),
    (678, 6, "reward-scheme"),
    (860, 8, "efficient-appliances"),
    (846, 13, "shopping-bags"),
    (881, 6, "standby-power"),
    (888, 6, "less-packaging"),
    (895, 7, "phosphate-free"),
    (948, 9, "office-energy"),
    (968, 7, "paperless-office"),
    (988, 34, "office-equipment"),
    (1216, 15, "leading-group"),
    (1267, 11, "management-system"),
    (1480, 23, "environment-day"),
    (2233, 23, "dead-corner-cleanup stray-ads-cleanup white-pollution-cleanup"),
    (2257, 17, "pest-control-round"),
    (2275, 8, "bait-stock"),
    (2354, 18, "daily-cleaning-supervision"),
    (2373, 11, "waste-bagging"),
    (2396, 22, "green-spraying green-belt-care riverbank-care"),
    (2464, 24, "disease-notice publicity-board"),
    (3246, 26, "joint-meeting"),
    (3297, 21, "training-attended"),
    (3319, 14, "volunteer-team"),
    (3361, 14, "work-archive"),
    (3417, 9, "self-assessment"),
    (3467, 8, "household-visits"),
    (3476, 42, "residents-meeting representatives-meeting public-hearing deliberation-meeting opinion-survey"),
    (3519, 10, "public-disclosure"),
    (3655, 8, "audio-visual"),
    (3664, 9, "library-corner"),
    (3647, 7, "slogans-posters"),
    (3721, 16, "group-message"),
    (3766, 7, "volunteer-team"),
    (3859, 6, "leisure-places"),
    (3941, 11, "earmarked-funds"),
    (4436, 11, "rectification-notice"),
    (4478, 27, "stray-building irregular-shops enforcement-cooperation"),
    (4506, 17, "hazard-check"),
    (4604, 20, "welfare-visits"),
    (4732, 10, "other-line"),
    (4180, 10, "other-line"),
    (5021, 10, "other-line"),
    (4844, 24, "shopfront-responsibility"),
    (4878, 39, "shopfront-inspection"),
    (4989, 25, "enforcement-cooperation"),
    (5271, 12, "service-window"),
    (5820, 16, "environment-day tree-planting"),
    (5983, 16, "water-tank-cleaning"),
    (6018, 26, "white-pollution-education"),
    (6045, 10, "battery-collection"),
    (10925, 5, "food-saving"),
    (10935, 10, "bottle-recycling"),
    (10946, 12, "less-disposables"),
    (11189, 8, "white-pollution-cleanup"),
    (11489, 12, "training-given"),
    (11515, 32, "monthly-environment-day"),
    (11552, 25, "enterprise-inspection"),
    (11593, 22, "enterprise-files"),
    (11633, 20, "enterprise-inspection"),
    (11681, 11, "trusted-enterprise"),
    (11725, 10, "open-yard-inspection"),
    (11759, 12, "market-wastewater"),
    (11787, 13, "waste-sorting"),
    (12052, 17, "praise-good-practice"),
    (12100, 14, "law-education"),
    (14608, 13, "work-plan"),
    (14920, 4, "title-notice"),
    (15188, 12, "title-review"),
    (15318, 11, "reward-scheme"),
    (15351, 12, "title-recheck"),
    (15521, 8, "demonstration-site"),
    (10931, 3, "smoke-free"),
    (11772, 10, "outfall-check river-patrol"),
    (15436, 6, "responsible-person"),
    (11693, 15, "green-community"),
    (10991, 15, "publicity-campaign"),
    (1466, 13, "publicity-campaign"),
    (14661, 4, "mobilisation"),
]

DEEDS = re.compile(
    r"成立|召開|張貼|發放|組建|清理|清除|檢查|投放|回收|簽訂|選購|培訓|走訪|張榜|養護|清洗|播放|評審|徵集|宣傳欄|志願活動|消毒|分類"
)
AIMS = re.compile(r"意識|指導思想|目標|原則|爲主題|理念|範圍|申報條件|通知$|精神")


@pytest.fixture(scope="module")
def plans(shared: Path) -> str:
    return (shared / "data" / "plans-17.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("offset", "length", "right"), UNDERTAKINGS)
def test_undertaking_finds_its_measure(plans: str, offset: int, length: int, right: str) -> None:
    clause = plans[offset : offset + length]
    matches = default_matcher().match(clause)
    assert matches, clause
    assert matches[0].measure in right.split(), (clause, matches)


def test_hand_listed_measures_exist() -> None:
    known = load_catalogue().measures.keys()
    assert {measure for _, _, right in UNDERTAKINGS for measure in right.split()} <= known


def test_clauses_that_name_a_deed_are_seldom_missed(plans: str) -> None:
    clauses = {clause.strip() for clause in re.split(r"[。；;\n]", plans)}
    with_deed = [clause for clause in clauses if DEEDS.search(clause) and not AIMS.search(clause) and len(clause) > 10]
    missed = [clause for clause in with_deed if not default_matcher().match(clause)]
    assert len(with_deed) > 50
    assert len(missed) / len(with_deed) < 0.08, missed


def test_headings_and_aims_find_nothing(plans: str) -> None:
    lines = [line.strip() for line in plans.splitlines()]
    titles = [line for line in lines if re.fullmatch(r"\S{8,16} 篇\d+", line)]
    aims = [line for line in lines if line.startswith("以“三個代表”")]
    assert len(titles) == 17
    assert aims
    assert [line for line in titles + aims if default_matcher().match(line)] == []
