"""Prose for eyes: Markdown as a chapter shows it."""

from dataclasses import dataclass

from analysis.tables import plain_text


@dataclass(frozen=True)
class Prose:
    """Markdown that Jupyter shows as such, and as plain text to nbval and in a terminal."""

    markdown: str

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {"text/plain": plain_text(self.markdown), "text/markdown": self.markdown}
