"""The memo of a lesson: a text that learners write on evidence, with the rubric by which it is read."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from analysis.indicators import indicators

Text = Annotated[str, Field(min_length=1)]


class Part(BaseModel):
    """A part of the contract of a lesson: nothing in it that is not named, and nothing that changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Part):
    """A text in both languages."""

    en: Text
    zh: Text

    def text(self, language: str) -> str:
        """It in one language."""
        return getattr(self, language)


class Measure(Part):
    """A row of a rubric: what is looked at, and what each level shows, the best first."""

    name: Words
    levels: Annotated[tuple[Words, ...], Field(min_length=3, max_length=3)]


class Memo(Part):
    """A text that learners write: shown in feedback and not marked. ``mentions`` are for whoever teaches only.

    evidence: indicators of the report by id, for the table of evidence; those without a value are left out.
    """

    task: Words
    alternatives: Annotated[tuple[Words, ...], Field(min_length=3)]
    criteria: Annotated[tuple[Words, ...], Field(min_length=3)]
    evidence: Annotated[tuple[str, ...], Field(min_length=3)]
    rubric: Annotated[tuple[Measure, ...], Field(min_length=4, max_length=4)]
    mentions: Annotated[tuple[Words, ...], Field(min_length=3)]

    @model_validator(mode="after")
    def _is_known(self) -> "Memo":
        if unknown := sorted(set(self.evidence) - set(indicators())):
            raise ValueError(f"no indicator {unknown[0]!r} in data/indicators.toml")
        return self
