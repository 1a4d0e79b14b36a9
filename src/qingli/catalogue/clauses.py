"""Takes away what a clause says about its aims and members, so that only the doing is matched."""

import re

# 以……為主線 / 以……為目標: a frame of aims. The verb-like rest of the clause is what is done.
_FRAME = re.compile(
    r"以[^,，。；;]{2,40}为(?:主线|主题|主体|主导|重点|目标|目的|核心|宗旨|根本|保障|中心|指导|契机|抓手|载体|指引|依托|动力"
    r"|基础|主要目标|主|出发点|根本出发点|落脚点|导向|引领|突破口)"
)
# 為進一步加強…… ， at the head of a clause: the reason why, up to the comma.
_REASON = re.compile(
    r"^(?:\(?[一二三四五六七八九十\d]{1,3}[\)、.．])?为(?:了|进一步|切实|更好|有效|确保|加强|提高|深入|推动|营造|创造|全面|积极)"
    r"[^,，。；;]{0,60}[,，]"
)
# 成立由……組成的領導小組: who belongs to it stands between the verb and its object.
_MEMBERS = re.compile(
    r"(?<=成立|组建|设立|建立|组成)由[^。；;]{2,100}?的(?=[^,，的]{0,16}(?:小组|专班|委员会|队|组|联盟))"
)


def core(text: str) -> str:
    """`text` (normalised) without frames of aims and lists of members; the rest is untouched."""
    if "为" in text:
        text = _REASON.sub("", _FRAME.sub("", text))
    return _MEMBERS.sub("", text) if "由" in text else text
