"""Traditional characters are Taiwan's, each in its place, and no word is exchanged for another."""

import csv

import pytest
from chinese_texts import chinese_texts
from fontTools.ttLib import TTFont

from analysis import paths
from analysis.traditional import simplified, traditional

# One simplified character stands for several: each word is checked by eye.
RISKY = """
以前后无定数为准|以前後無定數為準 核准注册|核准註冊 这里|這裡 马德里|馬德里 平方公里|平方公里
只由一方|只由一方 大多只公布一次|大多只公布一次 发布|發布 研发|研發 面向|面向 下面|下面 体系|體系
关系|關係 联系|聯繫 其余|其餘 若干位|若干位 平台|平臺 港澳台|港澳臺 范围|範圍 示范企业|示範企業
占比|占比 商标占两类之和|商標占兩類之和 占有效发明|占有效發明 公布|公布 分布|分布 绘制|繪製
制度|制度 当年制定|當年制定 仿制品|仿製品 并列|並列 一并质押|一併質押 合并|合併
平均（复合）|平均（複合） 重复|重複 恢复|恢復 覆盖|覆蓋 四舍五入|四捨五入 舍入区间|捨入區間
采用|採用 没有采用任何|沒有採用任何 另一出版物|另一出版物 一个出版物|一個出版物 汇集|彙集 标志|標誌
周期|週期 历年|歷年 云南|雲南 了解|瞭解 征收|徵收 特征|特徵 签发|簽發 种类|種類 品种|品種 升降|升降
台州|台州 余姚|餘姚 沈阳|瀋陽 值得注意|值得注意 局限|侷限 一致|一致 依托|依託
"""
PLACES = """
全國 北京 天津 河北 山西 內蒙古 遼寧 瀋陽 大連 吉林 長春 黑龍江 哈爾濱 上海 江蘇 南京 無錫 蘇州
浙江 杭州 寧波 溫州 嘉興 紹興 安徽 合肥 福建 廈門 江西 山東 濟南 青島 河南 湖北 武漢 湖南 廣東 廣州
深圳 廣西 海南 重慶 四川 成都 貴州 雲南 西藏 陝西 西安 甘肅 青海 寧夏 新疆 臺灣 香港 澳門
"""
# What OpenCC makes of 只, 出, 干, 面, 布 and the like where it cuts words at the wrong place: in a report on
# intellectual property each is a mistake until somebody has looked.
SUSPECT = "隻齣乾麵鬥穀鬆佈佔髒蔔鬍薑慾昇睏籤"
# Words in which both writings have the same character.
SHARED = ("馬德里", "公里", "核准", "批准", "若干")


@pytest.mark.parametrize("pair", RISKY.split())
def test_a_character_with_several_forms_gets_the_right_one(pair):
    """后 is 後 behind and 后 of a queen; 准 is 準 of a standard and 准 of a permission."""
    text, expected = pair.split("|")

    assert expected == traditional(text)


def test_names_of_places_are_right():
    """Every region of the data by its name in traditional characters."""
    with (paths.DATA / "regions.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name_zh"] for row in csv.DictReader(file)]

    assert set() == {traditional(name) for name in names} - set(PLACES.split())


def test_words_stay_the_words_that_were_published():
    """Characters change, terms do not: 知识产权 is not called 智慧財產權, 数据 not 資料."""
    assert "知識產權數據的項目信息與質量" == traditional("知识产权数据的项目信息与质量")
    assert "72,390 件、119 億元、超過 4 萬、GDP" == traditional("72,390 件、119 亿元、超过 4 万、GDP")


def test_quotation_marks_are_those_of_taiwan():
    """「」 outside and 『』 inside."""
    assert "「量質『齊』升」" == traditional("“量质‘齐’升”")


def test_nothing_is_lost_or_doubled():
    """Character for character; converted again nothing changes, so that no text is converted half."""
    for place, text in chinese_texts():
        converted = traditional(text)

        assert len(text) == len(converted), place
        assert "".join(sign for sign in text if sign.isascii()) == "".join(c for c in converted if c.isascii()), place


def test_no_text_of_ours_holds_a_suspect_character():
    """A measure word for animals (隻) or a play (齣) in a text of ours is a word cut at the wrong place."""
    found = [(place, text) for place, text in chinese_texts() if set(SUSPECT) & set(traditional(text))]

    assert [] == found


def test_no_text_of_ours_stays_simplified():
    """Each character is converted, but those that both writings share in a word."""
    found = set()
    for place, text in chinese_texts():
        rest = traditional(text)
        for word in SHARED:
            rest = rest.replace(word, "")
        found |= {(place, sign, text) for sign in rest if traditional(sign) != sign}

    assert set() == found


def test_the_fonts_have_every_character_of_our_texts():
    """A character without a glyph would stop the PDF; here it is found before."""
    known = set(TTFont(paths.FONTS / "NotoSansSC-Regular.ttf").getBestCmap())
    missing = {(place, sign) for place, text in chinese_texts() for sign in traditional(text) if ord(sign) not in known}

    assert set() == {(place, sign) for place, sign in missing if sign != "\n"}


def test_simplified_keeps_places():
    """One character for one, whatever the dictionary says."""
    assert "知识产权质押融资" == simplified("知識產權質押融資")
    for text in ("寧波專利授權量", "臺灣「著作權」", "a 知識 1"):
        assert len(text) == len(simplified(text))
