"""Mending changes the shape of characters, never their place: each leads back to the raw text."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.mending import mended, simplified

PLAIN = "全市专利授权量发明件同比增长截至年底宁波海关查获涉嫌侵权货物。，;、"
TRUE_BRACKETS = [
    "(物品)",
    "(R&D)",
    "（知识产权局）",
    "(GDP)",
    "(PCT)",
    "(an)",
    "(A)",
    "(2021年)",
    "(增长5%)",
    "(CHINA)",
]
RESIDUE = ["(chǎn)", "(quán)", "（dāng）", "(lǜ)", "(chuàng )", "(zhǎng)", "(ɡuó)", "(ér)"]
DROPPED = ["\u200b", "\ufeff", "<b>", "<i class='x'>", "\u00ad", *RESIDUE]
SHAPED = {"權": "权", "產": "产", "專": "专", "７": "7", "％": "%", "（": "(", "：": ":", "Ａ": "A", "&#37;": "%"}


def synthetic(chance: random.Random) -> tuple[str, list[tuple[str, int]]]:
    """A raw text and the characters that must remain of it, each with its place."""
    raw, kept = "", []
    for _ in range(chance.randint(1, 30)):
        kind = chance.random()
        if kind < 0.5:
            part = chance.choice(PLAIN)
            kept.append(({"，": ","}.get(part, part), len(raw)))
        elif kind < 0.65:
            part = chance.choice(TRUE_BRACKETS)
            kept += [({"（": "(", "）": ")"}.get(sign, sign), len(raw) + place) for place, sign in enumerate(part)]
        elif kind < 0.8:
            part = chance.choice(list(SHAPED))
            kept += [(SHAPED[part], len(raw))] if SHAPED[part] else []
        elif kind < 0.9:
            part = str(chance.randint(0, 10**6))
            kept += [(sign, len(raw) + place) for place, sign in enumerate(part)]
        else:
            part = chance.choice(DROPPED)
        raw += part
    return raw, kept


@pytest.mark.fault(39)
def test_map_is_exact_on_ten_thousand_texts():
    """Each mended character is the one that was expected, from its own place; true brackets are all there."""
    chance = random.Random(4)
    for _ in range(10_000):
        raw, kept = synthetic(chance)
        found = mended(raw)

        assert kept == list(zip(found.text, found.offsets, strict=False)), raw
        assert found.offsets[-1] == len(raw)


@given(st.text(max_size=60))
def test_map_holds_for_any_text(raw):
    """Whatever the text: places rise, and each character is the raw one, or what it becomes when mended alone."""
    found = mended(raw)

    assert len(found.offsets) == len(found.text) + 1
    assert list(found.offsets) == sorted(found.offsets)
    assert all(0 <= place < len(raw) for place in found.offsets[:-1])


@pytest.mark.fault(39)
@pytest.mark.fault(40)
@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("知識產(chǎn)權(quán)", "知识产权"),
        ("當(dāng)年P(guān)CT", "当年PCT"),
        ("創(chuàng )新", "创新"),
        ("國(guó)家知識(shí)產(chǎn)權(quán)", "国家知识产权"),
        ("什麼(me)", "什么"),
        ("我(me)", "我(me)"),
        ("貨物(物品) 582批次", "货物(物品)582批次"),
        ("研发（R&D）经费", "研发(R&D)经费"),
        ("授权量 ７２，３９０ 件", "授权量72,390件"),
        ("ISO 9001 A B", "ISO 9001 A B"),
        ("增長１９．５％", "增长19.5%"),
        ("<p>授权&nbsp;12件</p>", "\n授权12件\n"),
        ("二○二一年", "二〇二一年"),
        ("(chǎn", "(chǎn"),
    ],
)
def test_examples(raw, text):
    """Pinyin, spaces and remains of a page go; true brackets, codes and unbalanced brackets stay."""
    assert text == mended(raw).text


def test_raw_span_leads_back():
    """The 667 of 專利(lì)667件 stands in the raw text behind the residue."""
    found = mended("PCT專利(lì)６６７件")
    place = found.text.index("667")
    start, end = found.raw_span(place, place + 3)

    assert "６６７" == found.raw[start:end]
    assert place == found.mended_place(start)


def test_full_lines_are_joined_and_headings_are_not():
    """Lines cut at one width go on; a short line ends its sentence."""
    wide = "一二三四五六七八九十" * 2
    raw = f"标题\n{wide}\n{wide}\n{wide}。\n尾"

    assert f"标题\n{wide}{wide}{wide}。\n尾" == mended(raw).text


def test_simplifying_keeps_the_length():
    """One character becomes one, in every plane that the dictionary knows."""
    signs = "".join(map(chr, [*range(0x3400, 0xA000), *range(0xF900, 0xFB00), *range(0x20000, 0x20400)]))

    assert len(signs) == len(simplified(signs))
    assert "著作权于著" == simplified("著作權於著")
