"""The languages that the site's own pages speak, and how its files are named in each."""

from collections.abc import Callable
from dataclasses import dataclass

from analysis import wording
from analysis.codebook import AUTONYMS, CODES, Region, Series
from analysis.indicators import Indicator
from analysis.traditional import traditional


@dataclass(frozen=True, slots=True)
class Voice:
    """One language of the site: ``name`` as reports name their folder, ``language`` as our phrases name it.

    ``say`` turns every Chinese phrase of ours into the script of the page, and leaves what others published alone.
    """

    name: str
    language: str
    say: Callable[[str], str] = str

    @property
    def code(self) -> str:
        """The BCP 47 code."""
        return code_of(self.name)

    def words(self, key: str, **values: object) -> str:
        """A fixed phrase, with ``values`` put in as they are."""
        blanks = {name: f"{{{name}}}" for name in values}
        return self.say(wording.words(key, self.language, **blanks)).format(**values)

    def count(self, what: str, number: int) -> str:
        """So many things, in words: ``1 report``, ``12 reports``."""
        return self.words(f"site_count_{what}" + ("_one" if number == 1 else ""), number=number)

    def listed(self, texts: list[str]) -> str:
        """Texts joined as the language joins them."""
        return self.words("list_separator").join(texts)

    def place(self, region: Region) -> str:
        """The name of a region."""
        return self.say(region.name(self.language))

    def text(self, defined: Indicator | Series, field: str) -> str:
        """A text of an indicator or a series, such as its name."""
        return self.say(defined.text(field, self.language))

    def file(self, stem: str, ending: str = "html") -> str:
        """The name of a file of the site: ``index.html``, ``index.zh.html``."""
        return f"{stem}.{ending}" if self.name == VOICES[0].name else f"{stem}.{self.name}.{ending}"


VOICES = (Voice("en", "en"), Voice("zh", "zh"), Voice("zh-Hant", "zh", traditional))
"""The languages of the site; the files of the first have no language in their names."""


def code_of(language: str) -> str:
    """The BCP 47 code of a report's language."""
    return CODES.get(language, language)


def autonym(language: str) -> str:
    """What the language of a report calls itself."""
    return AUTONYMS.get(language, language)
