"""The sheet with planted faults as pages and as a notebook for learners, and its key for whoever teaches."""

import json
from base64 import b64encode
from dataclasses import replace
from fractions import Fraction
from pprint import pformat

import nbformat
from nbformat import NotebookNode

from analysis.book import book
from analysis.charts import Chart
from analysis.fault_checks import Caught
from analysis.fault_sheet import Sheet, unlinked
from analysis.planted_faults import CUT, DIGITS, KINDS, Fault
from analysis.tables import Table, plain_text
from analysis.wording import escaped, figure_text, number

FAR = 2
"""From so many times on, a fault is told as a factor, and below in per cent."""


def handout(sheet: Sheet) -> NotebookNode:
    """The page of the learners, for `render.html` and `render.pdf`."""
    cells = [_prose(_front(sheet))]
    if table := sheet.table():
        cells += [_prose(f"## {_say(sheet, 'figures')}"), _shown(_bare(table))]
    cells.append(_prose(_sentences(sheet)))
    if chart := sheet.chart(planted=True):
        cells += [_prose(f"## {_say(sheet, 'chart')}"), _shown(_plain(sheet, chart)), _shown(_drawn(sheet, chart))]
    return _book(sheet, [*cells, _prose(_findings(sheet))], _say(sheet, "title"))


def learner_notebook(sheet: Sheet) -> NotebookNode:
    """The same as a notebook in which to write what was found, with the published figures to compute with."""
    cells = [_prose(_front(sheet)), _code(f"figures = {pformat(_given(sheet), sort_dicts=False, width=110)}")]
    cells.append(_prose(_sentences(sheet)))
    if chart := sheet.chart(planted=True):
        cells.append(_attached(sheet, _plain(sheet, chart)))
    cells.append(_prose(_findings(sheet)))
    for at, cell in enumerate(cells):
        cell.id = f"cell-{at}"
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


def _attached(sheet: Sheet, chart: Chart) -> NotebookNode:
    """A chart with its words and its numbers in a cell of prose."""
    frame = chart.table.frame.astype(str)
    rows = [list(frame.columns), ["---"] * len(frame.columns), *frame.to_numpy().tolist()]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    told = f"## {_say(sheet, 'chart')}\n\n**{chart.title}**\n\n{chart.subtitle}"
    cell = _prose(f"{told}\n\n![{chart.description}](attachment:chart.svg)\n\n{chart.source}\n\n{table}")
    cell.attachments = {"chart.svg": {"image/svg+xml": b64encode(chart.svg.encode()).decode()}}
    return cell


def key(sheet: Sheet, found: dict[str, list[Caught]]) -> NotebookNode:
    """The key: where each fault is, what is right, by how much it is off, what was done, and which check says what."""
    edition = sheet.edition
    about = _say(
        sheet, "key_about", place=edition.region.name(edition.language), year=edition.reference_year, seed=sheet.seed
    )
    cells = [_prose(f"# {_say(sheet, 'key_title')}\n\n{about}")]
    for at, fault in enumerate(sheet.faults, 1):
        rows = [f"**{_say(sheet, name)}**{_colon(sheet)}{text}" for name, text in told(sheet, fault).items()]
        title = f"## {at}. {_say(sheet, fault.kind)}{_colon(sheet)}{where(sheet, fault)}"
        cells.append(_prose("\n\n".join([title, *rows, _checks(sheet, fault, found[fault.kind])])))
    if chart := sheet.chart(planted=False):
        cells += [
            _prose(f"## {_say(sheet, 'right')}{_colon(sheet)}{_say(sheet, 'in_chart')}"),
            _shown(_plain(sheet, chart)),
        ]
    return _book(sheet, cells, _say(sheet, "key_title"))


def where(sheet: Sheet, fault: Fault) -> str:
    """The place of a fault on the page."""
    if fault.right is None:
        return _say(sheet, "in_chart")
    return _say(sheet, "in_sentence", number=sheet.items.index(fault.item) + 1)


def told(sheet: Sheet, fault: Fault) -> dict[str, str]:
    """What was done, what stands on the page, what is right, and by how much it is off; Markdown without links."""
    made = {"done": _done(sheet, fault)}
    if fault.right is None:
        return made | {"right": _say(sheet, "right_truncated_axis"), "off": _off(sheet, fault)}
    stands, right = (unlinked(sheet.sentence(fault.item, planted)) for planted in (True, False))
    return made | {"stands": stands, "right": right, "off": _off(sheet, fault)}


def _done(sheet: Sheet, fault: Fault) -> str:
    edition = sheet.edition
    of = fault.of or (fault.was.series if fault.was else "")
    values = {
        "of": escaped(edition.series_name(of)) if of else "",
        "instead": escaped(edition.series_name(fault.instead)) if fault.instead else "",
        "digits": DIGITS,
        "part": 100 * CUT,
    }
    for name in ("was", "became"):
        if figure := getattr(fault, name):
            values[name] = escaped(figure_text(figure, edition.series(figure.series), edition.language))
    rest = "_rest" if fault.kind == "wrong_denominator" and not fault.instead else ""
    return _say(sheet, f"done_{fault.kind}{rest}", **values)


def _off(sheet: Sheet, fault: Fault) -> str:
    if fault.times is None:
        return _say(sheet, "no_right")
    times = fault.times
    if fault.kind == "truncated_axis":
        return _say(sheet, "times_axis", times=_short(times), of=escaped(sheet.edition.series_name(fault.of)))
    side, factor = ("large", times) if times > 1 else ("small", 1 / times)
    if factor < FAR:
        return _say(sheet, f"percent_{side}", percent=_short(100 * abs(times - 1)))
    return _say(sheet, f"times_{side}", times=_short(factor))


def _short(value: Fraction) -> str:
    """Three digits."""
    places = 0 if value >= 100 else -1 if value >= 10 else -2
    text = number(value, places, "en", least=99)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _checks(sheet: Sheet, fault: Fault, found: list[Caught]) -> str:
    """A line for each check that notices the fault; and that none of the data would, where that is so."""
    lines = [(each.check, each.of, escaped(plain_text(each.said))) for each in found]
    if fault.became is not None and not any(each.of == "data" for each in found):
        lines.append(("consistency", "data", _say(sheet, "finds_nothing")))
    if not lines:
        return _say(sheet, "uncaught")
    rows = [f"| {check} | {_say(sheet, f'of_{of}')} | {said} |" for check, of, said in lines]
    return "\n".join([_say(sheet, "check_heads"), "|---|---|---|", *rows])


def _front(sheet: Sheet) -> str:
    edition, count = sheet.edition, len(sheet.faults)
    about = _say(sheet, "about" if count > 1 else "about_one", place=edition.region.name(edition.language),
                 year=edition.reference_year, count=count)  # fmt: skip
    kinds = _say(sheet, "kinds") + (_say(sheet, "not_all") if count < len(KINDS) else "")
    return f"# {_say(sheet, 'title')}\n\n{about}\n\n{kinds}"


def _sentences(sheet: Sheet) -> str:
    lines = [f"{at}. {unlinked(sheet.sentence(item, True))}" for at, item in enumerate(sheet.items, 1)]
    return f"## {_say(sheet, 'sentences')}\n\n" + "\n".join(lines)


def _findings(sheet: Sheet) -> str:
    room = "…" * 12
    rows = [f"| {room} | {room} | {room} |"] * len(sheet.faults)
    heads = _say(sheet, "findings_heads")
    return f"## {_say(sheet, 'findings')}\n\n" + "\n".join([heads, "|---|---|---|", *rows])


def _given(sheet: Sheet) -> dict[str, dict[str, object]]:
    """The figures of the table as learners compute with them."""
    table = sheet.table()
    names = set() if table is None else {plain_text(row[0]) for row in table.frame.to_numpy().tolist()}
    edition = sheet.edition
    return {
        series: {
            "name": edition.series_name(series),
            "printed": figure.value,
            "power": figure.multiplier,
            "counted": edition.series(series).text("counted", edition.language),
            "qualifier": figure.qualifier,
        }
        for series, figure in edition.published.items()
        if edition.series_name(series) in names
    }


def _drawn(sheet: Sheet, chart: Chart) -> Table:
    """The data of the chart as a table of its own."""
    return replace(_bare(chart.table), id="chart-data", caption=sheet.edition.words("fault_drawn"))


def _plain(sheet: Sheet, chart: Chart) -> Chart:
    """A chart without links, which names its publications itself: there are no cards that do."""
    source = sheet.edition.words("chart_source", sources="; ".join(sheet.publications()))
    return replace(chart, source=source, table=_bare(chart.table))


def _bare(table: Table) -> Table:
    return replace(table, frame=table.frame.map(unlinked))


def _say(sheet: Sheet, key: str, **values: object) -> str:
    return sheet.edition.words(f"fault_{key}", **values)


def _colon(sheet: Sheet) -> str:
    return sheet.edition.words("lesson_colon")


def _prose(text: str) -> NotebookNode:
    return nbformat.v4.new_markdown_cell(text)


def _code(text: str) -> NotebookNode:
    return nbformat.v4.new_code_cell(text)


def _shown(what: Chart | Table) -> NotebookNode:
    data = json.loads(json.dumps(what._repr_mimebundle_()))
    return nbformat.v4.new_code_cell(outputs=[nbformat.v4.new_output("execute_result", data=data)])


def _book(sheet: Sheet, cells: list[NotebookNode], title: str) -> NotebookNode:
    edition = sheet.edition
    place = f"{edition.region.name(edition.language)}, {edition.reference_year}"
    whole = nbformat.v4.new_notebook(cells=cells)
    return book([whole], title=title, subtitle=place, language=edition.language, cards=[], labels={}, sheet=True)
