"""A lesson held with the figures of one region and year: which figures each exercise is about, and its key.

The key is computed by the report's own code, in cells of the lesson tagged ``key``; nothing of it is typed. Those
cells run in a notebook that somebody opens (``open_lesson``), and here, without a kernel, for any region, year and
world (``held``).
"""

from collections.abc import Callable
from functools import cache
from random import Random

from analysis.charts import Chart
from analysis.codebook import codebook, region_named
from analysis.edition import Edition
from analysis.errors import AnalysisError, listed
from analysis.figure_choices import Choice, choices, chosen
from analysis.figures import Figure, Figures, load_figures
from analysis.judgements import Judged, items, rejudged
from analysis.lesson_figures import Shown
from analysis.lesson_values import Answer, Value, plain_value, told_value, value_shown
from analysis.lessons import FEWEST_EXERCISES, GRADES, Exercise, Lesson, lesson_named
from analysis.parameters import Parameters
from analysis.rounding import Rounded

CASES = 8
"""How many times a learner's function is called."""
_compiled = cache(compile)  # the cells of a lesson are the same for every learner


class LacksFigures(AnalysisError):
    """There are too few figures of a region and year for a lesson; the message says which are wanted."""


class Class:
    """One lesson with the figures of one region and year.

    ``seed`` draws other figures and another order of choices; 0 takes those that the lesson prefers. Exercises for
    which there are no figures are left out (``left_out``). ``like`` is a class with the published figures, whose
    exercises are asked with other numbers: nothing is looked for again.
    """

    def __init__(
        self, lesson: Lesson, figures: Figures, parameters: Parameters, seed: int = 0, like: "Class | None" = None
    ):  # fmt: skip
        self.lesson, self._figures, self.parameters, self.seed = lesson, figures, parameters, seed
        self.place = region_named(parameters.region, figures.data)
        self.choices: dict[str, Choice] = {}
        self.items: dict[str, list[Judged]] = {}
        self.left_out: list[str] = []
        self.answers: dict[str, Answer] = {}
        self.painters: dict[str, Callable[..., Chart]] = {}
        self.kept: dict[object, object] = {}  # see ``once``
        self._common: dict[object, object] = like._common if like else {}
        for name, exercise in lesson.exercises.items():
            found = self._like(like, name) if like else self._choice(exercise)
            if found is None:
                self.left_out.append(name)
            else:
                self.choices[name] = found

    def _choice(self, exercise: Exercise) -> Choice | None:
        parameters = self.parameters
        if exercise.judge:
            chance = self._chance(exercise.name)
            place = (parameters.region, parameters.reference_year)
            judged = items(exercise.judge, self._figures, *place, chance if self.seed else None)
            self.items[exercise.name] = chance.sample(judged, len(judged))
            every = dict.fromkeys(figure for item in judged for figure in item.figures)
            return {f"figure_{at}": figure for at, figure in enumerate(every)} or None
        if not exercise.choose:
            return {}
        found = choices(exercise.choose, self._figures, parameters.region, parameters.reference_year)
        return chosen(found, exercise.prefer, self.seed)

    def _like(self, other: "Class", name: str) -> Choice | None:
        """The figures of another class, as they are printed in this one; what is judged is judged anew."""
        if name not in other.choices:
            return None
        if name in other.items:
            self.items[name] = [rejudged(item, self._own) for item in other.items[name]]
        return {role: self._own(figure) for role, figure in other.choices[name].items()}

    def _own(self, figure: Figure) -> Figure:
        rows = self._figures.every(figure.region, figure.reference_year, figure.series)
        return next(each for each in rows if each.source == figure.source)

    def _chance(self, name: str) -> Random:
        """A source of chance of one exercise, the same whenever the class is held."""
        return Random(f"{self.seed} {name} {self.parameters.region} {self.parameters.reference_year}")

    @property
    def exercises(self) -> list[Exercise]:
        """Those that are held, in order."""
        return [each for name, each in self.lesson.exercises.items() if name in self.choices]

    def once(self, name: object, make: Callable, *given: object) -> object:
        """What ``make`` makes of what is given: made once for this class in its language, under a name."""
        if name not in self.kept:
            self.kept[name] = make(*given)
        return self.kept[name]

    def common(self, name: object, make: Callable, *given: object) -> object:
        """Likewise, but once for all classes that are like one another: no number of theirs may be in it."""
        name = (self.parameters.language, name)
        if name not in self._common:
            self._common[name] = make(*given)
        return self._common[name]

    def figures(self, name: str) -> Choice:
        """The published figures of an exercise, by role. Raises LacksFigures where there are none."""
        if name not in self.choices:
            raise LacksFigures(
                f"{self.place.name_en} prints nothing for the exercise {name} up to {self.parameters.reference_year}; "
                "`ipreport teach build` leaves it out"
            )
        return self.choices[name]

    def given(self, name: str) -> list[dict[str, object]]:
        """What a learner is given of them: the printed digits, the power of ten, the thing counted."""
        return [self.row(figure) for figure in self.choices[name].values()]

    def row(self, figure: Figure) -> dict[str, object]:
        """A figure as a learner finds it."""
        series = codebook()[figure.series]
        return {
            "place": region_named(figure.region).name(self.parameters.language),
            "name": series.text("name", self.parameters.language),
            "printed": figure.value,
            "power": figure.multiplier,
            "counted": series.text("counted", self.parameters.language),
            "qualifier": figure.qualifier,
            "year": figure.reference_year,
        }

    def id_of(self, figure: Figure) -> str:
        """What a learner finds the figure by: its series, and its place, year and publication where that is another."""
        return self.once(("id", figure), self._id, figure)

    def _id(self, figure: Figure) -> str:
        own, place = self.parameters, (figure.region, figure.reference_year, figure.series)
        parts = [figure.series]
        if figure.region != own.region:
            parts.append(region_named(figure.region).name_en)
        if figure.reference_year != own.reference_year:
            parts.append(str(figure.reference_year))
        if figure != self._figures.chosen(*place):
            parts.append(figure.source)
        return " ".join(parts)

    def shown(self, name: str) -> dict[str, Shown]:
        """The figures of an exercise for its text."""
        return self.once(("shown", name), self._shown, name)

    def _shown(self, name: str) -> dict[str, Shown]:
        language = self.parameters.language
        return {role: Shown(each, self.id_of(each), language) for role, each in self.choices[name].items()}

    def in_order(self, name: str, letters: str) -> str:
        """The letters of the items of an exercise, in the order in which the seed shows the items."""
        return "".join(letters[at] for at in self.order(name, len(letters)))

    def order(self, name: str, items: int) -> list[int]:
        """The order in which the seed shows so many items of an exercise."""
        return self.common(("order", name, items), lambda: self._chance(name).sample(range(items), items))

    def answer(self, name: str) -> str:
        """A word of the key that is looked up and not computed; a learner's notebook has the word itself there."""
        return self.answers[name].value

    def key(self, name: str, value: Rounded | Value | int, **mistakes: Rounded | Value | int) -> dict[str, str]:
        """Keep the key of an exercise, with the value that each common mistake gives; returns both as texts.

        What happens to give the right value is no mistake, and left out.
        """
        wanted = self.lesson.exercises[name]
        if set(mistakes) != set(wanted.mistakes):
            raise LacksFigures(f"{name} declares the mistakes {listed(wanted.mistakes)}, its key {listed(mistakes)}")
        right, wrong = plain_value(value), {each: plain_value(given) for each, given in mistakes.items()}
        made = Answer(right, {each: given for each, given in wrong.items() if given != right})
        self.answers[name] = made
        return {"key": value_shown(made.value)} | {each: value_shown(wrong) for each, wrong in made.mistakes.items()}

    def calls(self, name: str, function: Callable, draw: Callable[[Random], tuple]) -> dict[str, object]:
        """Keep the calls by which a learner's function is tried; ``draw`` makes arguments from a source of chance."""
        chance = self._chance(name)
        arguments: dict[tuple, None] = {}
        for _ in range(10 * CASES):  # few things to draw from may give fewer
            arguments[draw(chance)] = None
            if len(arguments) == CASES:
                break
        sample = next(each for each in iter(lambda: draw(chance), None) if each not in arguments)
        told = tuple((each, told_value(function(*each))) for each in arguments)
        self.answers[name] = Answer(None, calls=told, sample=sample)
        return {"calls": CASES}

    @property
    def edition(self) -> Edition:
        """The place and year as the report sees them, with the figures of the class."""
        return Edition(*self.parameters.as_dict().values(), self._figures, self._figures.data)

    def draw(self, name: str, picture: Callable[..., Chart]) -> Chart:
        """Keep a picture of the figures of an exercise, for the part that teaches; see ``lesson_pictures``."""
        self.painters[name] = picture
        return self.pictures[name]

    @property
    def pictures(self) -> dict[str, Chart]:
        """The pictures by exercise, in the language of the class; each is drawn once."""
        language = self.parameters.language
        return {
            name: self.once(("picture", name), paint, *self.figures(name).values(), language)
            for name, paint in self.painters.items()
        }

    def complete(self) -> None:
        """Say that the lesson ran to its end, as a chapter does."""
        print(self.parameters.echo())


def open_lesson(name: str, region: str, reference_year: int, language: str, seed: int = 0) -> Class:
    """A lesson as its own notebook opens it. Raises UnknownName for what does not exist."""
    figures = load_figures()
    parameters = Parameters(region, reference_year, language).require(figures)
    return Class(lesson_named(name), figures, parameters, seed)


def held(lesson: Lesson, figures: Figures, parameters: Parameters, seed: int = 0, like: Class | None = None) -> Class:
    """A lesson with its key, computed by its own cells.

    Raises LacksFigures where too few exercises are left, naming what would be wanted.
    """
    made = Class(lesson, figures, parameters, seed, like)
    grades = {each.grade for each in made.exercises}
    if len(made.exercises) < FEWEST_EXERCISES or grades != set(GRADES) or not any(made.choices.values()):
        without = [lesson.exercises[name] for name in made.left_out]
        wanted = listed([f"“{each.title.en}” ({each.choose or each.judge})" for each in without], most=12)
        raise LacksFigures(
            f"{made.place.name_en} has too few figures for {parameters.reference_year} to hold {lesson.name}: "
            f"{len(made.exercises)} of {len(lesson.exercises)} exercises can be asked, and at least {FEWEST_EXERCISES} "
            f"of all grades are wanted; no figures are published for {wanted}. `ipreport list years --region "
            f"{parameters.region}` says which years there are"
        )
    names: dict[str, object] = {"lesson": made}
    for cell in lesson.computing:
        if like and cell.common and cell.exercise in like.answers:
            made.answers[cell.exercise] = like.answers[cell.exercise]
        elif not cell.exercise or cell.exercise in made.choices:
            exec(_compiled(cell.source, f"notebooks/{lesson.name}.ipynb", "exec"), names)
    return made
