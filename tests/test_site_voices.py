"""The languages of the site: a converter reaches every phrase of ours and nothing that others published."""

from analysis.codebook import regions
from analysis.site_voices import VOICES, Voice, autonym

LOUD = Voice("zh-Hant", "zh", lambda text: text.replace("报告", "報告"))


def test_converter_leaves_what_is_put_in_alone():
    """The phrase is ours and is converted; what a publisher printed is put in as it is."""
    assert "報告：报告日报" == LOUD.words("site_feed_edition", report="报告日报")


def test_names_of_places_are_ours(tiny):
    """A name from our table is converted."""
    turned = Voice("zh-Hant", "zh", lambda text: text.replace("试验", "試驗"))

    assert "試驗市" == turned.place(regions(tiny)["990100"])


def test_first_language_has_plain_file_names():
    """index.html is what a server shows for a folder."""
    assert ["index.html", "index.zh.html", "index.zh-Hant.html"] == [voice.file("index") for voice in VOICES]
    assert "feed.zh-Hant.xml" == LOUD.file("feed", "xml")


def test_languages_are_named_and_coded():
    """A browser wants zh-Hans, a reader 简体中文; a language that we do not know keeps the name of its folder."""
    assert ["en", "zh-Hans", "zh-Hant"] == [each.code for each in VOICES]
    assert ["简体中文", "fr"] == [autonym(each) for each in ("zh", "fr")]
