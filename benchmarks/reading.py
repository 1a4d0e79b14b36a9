"""How fast plans are read: characters per second of one core for texts of 10 kB to 10 MB, made of our own sentences.

    python benchmarks/reading.py [largest size in kB]

Every plan in the text differs (numbers, places, order), as thousands of communities' plans would.
"""

import random
import sys
import time

from qingli.reading import read_text

SENTENCES = (
    "{place}社区每{n}天清扫楼道一次，每月{d}日前由物业公司填写台账，保洁率不低于{p}%。",
    "{m}月{d}日前完成{place}路排水沟清淤{n}处，由城管专干负责，报街道办事处。",
    "定期召开环保工作会议，每季度通报一次，由社区书记任组长，各楼栋长为成员。",
    "利用4.22地球日、世界环境日和中秋节开展宣传，发放资料{n}00份，入户走访{p}户。",
    "{m}月上旬检查{place}菜市场废水排放，投药后{n}小时内张贴告示。",
    "进一步加强{place}片区环境卫生工作的领导，完善各项制度，形成人人参与、齐抓共管的良好氛围。",
    "充分利用宣传栏、黑板报和居民群等阵地，普及垃圾分类和节能知识，倡导绿色低碳的生活方式。",
    "组织{place}社区志愿者清理楼道杂物和卫生死角，引导居民自觉维护公共环境，及时劝阻不文明行为。",
    "督促物业公司做好绿化养护和公共设施维护，发现问题及时登记，限期整改，并做好资料收集和归档。",
    "新增分类投放点{n}个，投入资金{p}万元，冬季每周巡查，年底前验收。",
)
PLACES = ["青松", "白鹿", "石桥", "柳湾", "清溪", "南塘", "东亭", "西岭", "望江", "松风"]


def plan(chance: random.Random, number: int) -> str:
    """One plan of three sections under a numbered title."""
    lines = [f"{chance.choice(PLACES)}社区环境工作计划 篇{number}", ""]
    for section in "一二三":
        lines.append(f"{section}、{chance.choice(PLACES)}片区")
        for item in range(1, chance.randint(3, 8)):
            sentence = chance.choice(SENTENCES).format(
                place=chance.choice(PLACES),
                n=chance.randint(2, 9),
                m=chance.randint(1, 12),
                d=chance.randint(1, 28),
                p=chance.randint(50, 99),
            )
            lines.append(f"{item}. {sentence}")
    return "\n".join(lines) + "\n\n"


def text_of(size: int) -> str:
    """At least `size` characters of plans."""
    chance = random.Random(11)
    pieces: list[str] = []
    length = 0
    while length < size:
        pieces.append(plan(chance, len(pieces) + 1))
        length += len(pieces[-1])
    return "".join(pieces)


def main() -> None:
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    read_text(text_of(1_000))
    for kilobytes in (10, 100, 1_000, 10_000):
        if kilobytes > largest:
            break
        text = text_of(kilobytes * 1_000 // 3)
        start = time.process_time()
        reading = read_text(text)
        seconds = time.process_time() - start
        size = len(text.encode())
        print(
            f"{size / 1000:>10,.0f} kB {len(text):>10,} characters {len(reading.plans):>6,} plans "
            f"{seconds:>8.2f} CPU s {len(text) / seconds:>10,.0f} characters/s"
        )


if __name__ == "__main__":
    main()
