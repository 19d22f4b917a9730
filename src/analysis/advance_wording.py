"""What a step from one reference year to another tells its reader, as an outline in one language."""

from analysis.advance import Advance, Move, Pair, Redefinition, Renaming, Wanted
from analysis.breaks import Break
from analysis.codebook import codebook, regions
from analysis.figures import Figure
from analysis.indicators import Indicator
from analysis.outline import Item, Outline, Section
from analysis.sources import sources
from analysis.wording import close_spaces, figure_text, value_text, words


def advance_outline(step: Advance, language: str) -> Outline:
    """Everything that ``ipreport advance`` says: the counts first, then each list."""
    return _Teller(step, language).outline()


class _Teller:
    def __init__(self, step: Advance, language: str):
        self.step = step
        self.language = language
        self.data = step.figures.data

    def outline(self) -> Outline:
        step = self.step
        lost = step.moved(before=True, after=False)
        gained = step.moved(before=False, after=True)
        counts = {
            "kept": len(step.kept), "lacking": len(step.lacking), "gained": len(step.gained),
            "lost_indicators": len(lost), "gained_indicators": len(gained),
        }  # fmt: skip
        sections = (
            self._section("redefined", [self._redefinition(each) for each in step.redefined]),
            self._section("renamed", [self._renaming(each) for each in step.renamed]),
            self._section("lacking", [self._lacking(each) for each in step.lacking]),
            self._section("gained", [self._gained(each) for each in step.gained]),
            self._section("kept", [self._kept(each) for each in step.kept]),
            self._section("indicators_gained", [self._move(each) for each in gained]),
            self._section("indicators_lost", [self._lost(each) for each in lost]),
            self._section("indicators_kept", [self._move(each) for each in step.moved(before=True, after=True)]),
            self._section("claims", self._claims()),
            self._section("look_for", [self._wanted(each) for each in step.wanted]),
        )
        lead = self._say("lead" if step.kept or step.gained else "lead_empty", **counts)
        return Outline(self._say("title"), lead, sections)

    def _section(self, name: str, items: list[Item]) -> Section:
        title = self._say(f"{name}_title", number=len(items))
        return Section(title, self._say(f"{name}_lead"), tuple(items), self._say("none"))

    def _redefinition(self, each: Redefinition) -> Item:
        sides = [
            self._side(self.step.old_year, each.old),
            self._side(self.step.new_year, each.new),
        ]
        kind = words(f"break_{each.at.kind}", self.language)
        names = self._joined([codebook(self.data)[name].text("name", self.language) for name in self._present(each)])
        text = self._say("redefined_item", names=names, kind=kind)
        return Item(text, (*sides, each.at.why(self.language), *self._shown_by(each.at)))

    def _present(self, each: Redefinition) -> list[str]:
        return list(dict.fromkeys(figure.series for figure in (*each.old, *each.new)))

    def _side(self, year: int, figures: tuple[Figure, ...]) -> str:
        if not figures:
            return self._say("side_none", of=year)
        return self._say("side", of=year, figures=self._told(figures))

    def _told(self, figures: tuple[Figure, ...]) -> str:
        """Figures with their names, one after the other."""
        told = [self._say("figure", name=self._name(figure), figure=self._figure(figure)) for figure in figures]
        return words("semicolon", self.language).join(told)

    def _shown_by(self, at: Break) -> tuple[str, ...]:
        return (self._say("shown_by", source=self._publication(at.source)),) if at.source else ()

    def _renaming(self, each: Renaming) -> Item:
        series = each.pair.series.text("name", self.language)
        text = self._say("renamed_item", name=series, old=" | ".join(each.old_words), new=" | ".join(each.new_words))
        return Item(text, (self._phrase(each.pair.old), self._phrase(each.pair.new)))

    def _lacking(self, pair: Pair) -> Item:
        return Item(self._pair_text("lacking_item", pair))

    def _gained(self, pair: Pair) -> Item:
        return Item(self._pair_text("gained_item", pair), (self._phrase(pair.new),))

    def _kept(self, pair: Pair) -> Item:
        return Item(self._pair_text("kept_item", pair))

    def _pair_text(self, key: str, pair: Pair) -> str:
        old, new = (self._figure(each) if each else "" for each in (pair.old, pair.new))
        name = pair.series.text("name", self.language)
        return self._say(key, name=name, id=pair.series.series, old=old, new=new, verdict=self._verdict(pair))

    def _verdict(self, pair: Pair) -> str:
        if pair.verdict:
            return words(f"verdict_{pair.verdict}", self.language)
        kinds = dict.fromkeys(words(f"break_{each.kind}", self.language) for each in pair.breaks)
        return words("verdict_broken", self.language, kinds=self._joined(list(kinds))) if kinds else ""

    def _move(self, move: Move) -> Item:
        values = [
            value_text(result.value, move.indicator.unit, move.indicator.digits, self.language) if result.value else ""
            for result in (move.old, move.new)
        ]
        key = "move_both" if all(values) else "move_new"
        told = self._say(key, name=self._indicator(move.indicator), old=values[0], new=values[1])
        if not (move.breaks and all(values)):
            return Item(told)
        kinds = dict.fromkeys(words(f"break_{each.kind}", self.language) for each in move.breaks)
        return Item(told, (words("verdict_broken", self.language, kinds=self._joined(list(kinds))),))

    def _lost(self, move: Move) -> Item:
        if move.new.missing:
            known = codebook(self.data)
            missing = self._joined([known[name].text("name", self.language) for name in move.new.missing])
            return Item(self._say("lost_missing", name=self._indicator(move.indicator), missing=missing))
        problem = words(f"problem_{move.new.problem}", self.language)
        return Item(self._say("lost_problem", name=self._indicator(move.indicator), problem=problem))

    def _claims(self) -> list[Item]:
        found = [
            Item(
                self._say("claim_item", of=claim.reference_year, statement=claim.text("statement", self.language)),
                (
                    *([self._pair_text("claim_pair" if pair.new else "claim_no_pair", pair) for pair in pairs]),
                    self._say("claim_test", test=claim.text("test", self.language)),
                ),
            )
            for claim, pairs in self.step.old_claims
        ]
        for each in self.step.new_claims:
            statement = each.claim.text("statement", self.language)
            verdict = words(f"consistency_claim_{each.verdict}", self.language)
            details = (
                f"{verdict}: {each.reason(self.language)}",
                self._say("claim_test", test=each.test(self.language)),
            )
            found.append(Item(self._say("claim_item", of=self.step.new_year, statement=statement), details))
        return found

    def _wanted(self, each: Wanted) -> Item:
        name = each.series.text("name", self.language)
        source = self._publication(each.figure.source)
        details = [self._say("look_words", wordings=" | ".join(each.wordings))] if each.wordings else []
        details.append(self._say("look_last", of=self.step.old_year, phrase=each.figure.phrase, source=source))
        if each.instead:
            details.append(self._say("look_instead", figures=self._told(each.instead)))
        if each.waiting:
            waiting = self._joined([self._indicator(indicator) for indicator in each.waiting])
            details.append(self._say("look_waiting", number=len(each.waiting), indicators=waiting))
        return Item(self._say("look_item", name=name, id=each.series.series), tuple(details))

    def _name(self, figure: Figure) -> str:
        return codebook(self.data)[figure.series].text("name", self.language)

    def _figure(self, figure: Figure) -> str:
        return figure_text(figure, codebook(self.data)[figure.series], self.language)

    def _indicator(self, indicator: Indicator) -> str:
        return indicator.text("name", self.language)

    def _phrase(self, figure: Figure) -> str:
        source = self._publication(figure.source)
        return self._say("phrase", of=figure.reference_year, phrase=figure.phrase, source=source)

    def _publication(self, name: str) -> str:
        source = sources(self.data)[name]
        date = source.published_on or words("undated", self.language)
        return self._say("publication", id=name, publisher=source.publisher, date=date)

    def _joined(self, texts: list[str]) -> str:
        return words("list_separator", self.language).join(texts)

    def _say(self, key: str, **values: object) -> str:
        place = {
            "region": regions(self.data)[self.step.region].name(self.language),
            "old_year": self.step.old_year,
            "new_year": self.step.new_year,
        }
        told = words(f"advance_{key}", self.language, **(place | values))
        return close_spaces(told) if self.language == "zh" else told
