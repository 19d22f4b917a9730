"""The texts of a lesson in one language, with the figures of a class put in: what every edition of it is made from."""

from collections.abc import Iterator
from copy import copy
from dataclasses import replace

from analysis.lesson_figures import definitions, item_text, known_breaks, reason_text
from analysis.lesson_pieces import Piece, place_values, say, used
from analysis.lesson_values import value_shown
from analysis.lessons import Exercise
from analysis.memo_texts import memo_pieces
from analysis.sources import sources
from analysis.teaching import Class
from analysis.wording import escaped

FIRST = 89
"""What is taken off the number of a file to have that of its lesson."""


def pieces(held: Class, *, notes: bool = True) -> list[Piece]:
    """The whole lesson in order, with what only whoever teaches may see; without ``notes``, none of that is made."""
    return held.once(("pieces", notes), _pieces, held, notes)


def _pieces(held: Class, notes: bool) -> list[Piece]:
    front, discussions, end = (
        held.common(part.__name__, lambda part=part: list(part(held))) for part in (_front, _discussions, _end)
    )
    made = [*front, *_body(held, notes), *discussions, *memo_pieces(held, notes), *end]
    return made if notes else [piece for piece in made if piece.kind != "notes"]


def in_language(held: Class, language: str) -> Class:
    """A lesson that is held, in another language: the same figures, and the same key."""
    if language == held.parameters.language:
        return held
    other = copy(held)
    other.parameters = replace(held.parameters, language=language)
    other.kept = {}
    return other


def question(held: Class, exercise: Exercise, brief: bool = False) -> str:
    """The text of an exercise, without its heading; ``brief``: what is to be read up stands in the handout only."""
    if brief and exercise.judge:
        return f"{filled(held, exercise, '{items}')}\n\n{say(held, 'see_handout')}"
    cell = held.lesson.cells(f"lang-{held.parameters.language}", exercise.name)[0]
    return filled(held, exercise, cell.source)


def filled(held: Class, exercise: Exercise, text: str) -> str:
    """A text of an exercise with its figures, and its items in the order of the seed, put in."""
    if "{" not in text and "}" not in text:
        return text
    shown = held.shown(exercise.name) | place_values(held)
    said = held.once(("said", exercise.name), _said, held, exercise, shown)
    return text.format(**shown, **said)


def _said(held: Class, exercise: Exercise, shown: dict[str, object]) -> dict[str, str]:
    """The items of an exercise in a line each, and of those that are judged what is to be read up."""
    language, judged = held.parameters.language, held.items.get(exercise.name, [])
    if judged:
        items = [item_text(each, language) for each in judged]
    else:
        items = [item.text(language).format(**shown) for item in exercise.items]
        items = [items[at] for at in held.order(exercise.name, len(items))]
    told = {"definitions": definitions, "breaks": known_breaks} if judged else {}
    said = {name: held.common((name, exercise.name), function, judged, language) for name, function in told.items()}
    return {"items": "\n".join(f"{at}. {item}" for at, item in enumerate(items, 1)), **said}


def heading(held: Class, exercise: Exercise) -> str:
    """Number, stars for the grade, title and minutes of an exercise."""
    return held.common(("heading", exercise.name), _heading, held, exercise)


def _heading(held: Class, exercise: Exercise) -> str:
    return say(
        held,
        "exercise",
        number=held.exercises.index(exercise) + 1,
        stars="★" * exercise.grade,
        title=exercise.title.text(held.parameters.language),
        minutes=exercise.minutes,
    )


def unit_of(held: Class, exercise: Exercise) -> str:
    """The unit of an answer, or nothing."""
    return filled(held, exercise, exercise.unit.text(held.parameters.language)) if exercise.unit else ""


def asked(held: Class, exercise: Exercise) -> str:
    """What is wanted, under which name and in which unit."""
    if exercise.kind == "function":
        return say(held, "write_function", name=exercise.name)
    if unit := unit_of(held, exercise):
        return say(held, "answer_in", name=exercise.name, unit=unit)
    return say(held, "answer", name=exercise.name)


def _front(held: Class) -> Iterator[Piece]:
    language, contract = held.parameters.language, held.lesson.contract
    number = int(held.lesson.name[:2]) - FIRST
    about = say(held, "about", number=number, minutes=contract.minutes, **place_values(held))
    goals = "\n".join(f"- {each.text(language)}" for each in contract.objectives)
    facts = [(say(held, "for"), contract.audience), (say(held, "before"), contract.prerequisites)]
    told = "\n\n".join(f"**{label}**{say(held, 'colon')}{told.text(language)}" for label, told in facts)
    title = f"# {contract.title.text(language)}\n\n{contract.question.text(language)}"
    yield Piece("front", f"{title}\n\n{about}\n\n{told}\n\n## {say(held, 'objectives')}\n\n{goals}")
    yield Piece("notes", _schedule(held))


def _schedule(held: Class) -> str:
    rows, begun = [], 0
    for section in held.lesson.contract.sections:
        rows.append(f"| {begun} | {section.minutes} | {section.text(held.parameters.language)} |")
        begun += section.minutes
    lines = [f"## {say(held, 'schedule')}\n", say(held, "schedule_heads"), "|---|---|---|", *rows]
    if held.left_out:
        titles = [held.lesson.exercises[name].title.text(held.parameters.language) for name in held.left_out]
        lines += ["", say(held, "left_out", names="; ".join(titles))]
    return "\n".join(lines)


def _body(held: Class, notes: bool) -> Iterator[Piece]:
    wanted = f"lang-{held.parameters.language}"
    asked_for = {each.name: each for each in held.exercises}
    begun = False
    for tags, name, source in held.lesson.told:
        if name and name not in asked_for:
            continue
        if wanted in tags and name:
            if not begun:
                yield Piece("front", f"## {say(held, 'exercises')}")
                begun = True
            exercise = asked_for[name]
            text = f"### {heading(held, exercise)}\n\n{question(held, exercise)}\n\n{asked(held, exercise)}"
            yield Piece("exercise", text, name)
        elif wanted in tags:
            yield Piece("slide" if "slide" in tags else "text", source)
        elif "picture" in tags:
            yield Piece("picture", held.pictures[name].title, name)
        elif "solution" in tags:
            yield Piece("solution", source, name)
            if notes:
                yield Piece("notes", _key(held, asked_for[name]), name)


def _key(held: Class, exercise: Exercise) -> str:
    """The key of an exercise as Markdown, with the number that each common mistake gives."""
    answer = held.answers[exercise.name]
    if answer.calls:
        rows = [f"| `{call!r}` | `{value!r}` |" for call, value in answer.calls]
        return "\n".join([f"**{say(held, 'key')}**\n", say(held, "calls_heads"), "|---|--:|", *rows])
    lines = [
        f"**{say(held, 'key')}**{say(held, 'colon')}{value_shown(answer.value)} {unit_of(held, exercise)}".rstrip()
    ]
    if judged := held.items.get(exercise.name):
        colon, language = say(held, "colon"), held.parameters.language
        told = [f"{at}. **{each.letter}**{colon}{reason_text(each, language)}" for at, each in enumerate(judged, 1)]
        lines += ["", *told]
    if answer.mistakes:
        language = held.parameters.language
        rows = [f"| {value_shown(value)} | {exercise.mistakes[name].text(language)} |"
                for name, value in answer.mistakes.items()]  # fmt: skip
        lines += ["", f"**{say(held, 'mistakes')}**\n", say(held, "mistake_heads"), "|---|---|", *rows]
    return "\n".join(lines)


def _discussions(held: Class) -> Iterator[Piece]:
    language = held.parameters.language
    yield Piece("front", f"## {say(held, 'discussion')}")
    for number, each in enumerate(held.lesson.contract.discussions, 1):
        yield Piece("discussion", f"{number}. {each.question.text(language)}", f"discussion_{number}")
        mentions = "\n".join(f"- {mention.text(language)}" for mention in each.mentions)
        yield Piece("notes", f"**{say(held, 'mentions')}**\n\n{mentions}")


def _end(held: Class) -> Iterator[Piece]:
    language, contract = held.parameters.language, held.lesson.contract
    points = "\n".join(f"- {each.text(language)}" for each in contract.key_points)
    yield Piece("end", f"## {say(held, 'key_points')}\n\n{points}")
    rows = [f"| {each.zh_hant} | {each.zh_hans} | {each.pinyin} | {each.en} |" for each in contract.glossary]
    lines = [f"## {say(held, 'glossary')}\n", say(held, "glossary_heads"), "|---|---|---|---|", *rows]
    yield Piece("end", "\n".join(lines))
    known = sources()
    cited = [known[each] for each in dict.fromkeys(figure.source for figure in used(held))]
    told = "\n".join(f"- {escaped(f'{each.publisher}, {each.title}, {each.published_on}')}" for each in cited)
    licence = say(held, "licence", title=contract.title.text(language))
    yield Piece("end", f"## {say(held, 'sources')}\n\n{told}\n\n{licence}")
