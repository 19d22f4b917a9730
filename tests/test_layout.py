"""A notebook as blocks with names, numbers and links that lead somewhere (analysis.layout, .links, .labels)."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.errors import RenderingError
from analysis.layout import CHART_MIME, HEADLINES_MIME, SVG_MIME, TABLE_MIME, layout
from analysis.markup import plain, walk

TABLE = {
    "id": "shares",
    "caption": "Shares",
    "columns": [{"name": "Name", "align": "left"}, {"name": "Value", "align": "right"}],
    "rows": [["Inventions", "10.80%"]],
    "note": "",
}
TILE = {
    "id": "patents",
    "name": "Patents",
    "value": "[72,390](#patents)",
    "unit": "patents",
    "interval": "Exact",
    "change": "Rose from [60,000](#patents)",
    "way": "rose",
    "line": "Patents: 72,390",
}
HEADLINES = {"id": "headlines", "label": "Headline numbers", "tiles": [TILE], "note": "Each is exact."}
CARD = {"id": "patents", "title": "Patents", "rows": [["Value", "72,390"]], "sources": []}


def prose(text: str):
    return new_markdown_cell(text)


def shown(data: dict, kind: str = "display_data"):
    return new_code_cell(outputs=[new_output(kind, data=data)])


def laid_out(*cells, **about):
    return layout(new_notebook(cells=list(cells), metadata={"ipreport": about}), name="name")


def headings(made) -> list[tuple[int, str, str]]:
    blocks = [b for c in made.chapters for b in [*([c.heading] if c.heading else []), *c.blocks] if b.kind == "heading"]
    return [(block.level, block.id, plain(block.tokens)) for block in blocks]


def kinds(made) -> list[str]:
    return [block.kind for chapter in made.chapters for block in chapter.blocks]


def test_headings_come_into_order():
    """Chapters are level 1, and a heading is at most one level below the one before."""
    made = laid_out(prose("# A\n\n#### b\n\n## c"), prose("# D"), title="T")

    assert [(1, "a", "A"), (2, "b", "b"), (2, "c", "c"), (1, "d", "D")] == headings(made)


def test_the_only_main_heading_of_a_plain_notebook_is_its_title():
    """Without a title in its metadata a notebook is called as its heading says, and begins one level below."""
    made = laid_out(prose("# Title\n\nText.\n\n## First"))

    assert "Title" == made.title
    assert [(1, "first", "First")] == headings(made)
    assert "name" == laid_out(prose("Text.")).title


def test_each_id_is_given_once():
    """Cards keep their ids; a heading, table or chart that wants a taken one gets a number."""
    made = laid_out(
        prose("# Shares\n\n## Shares\n\n## patents\n\n## 占比有多大？"),
        shown({TABLE_MIME: TABLE}),
        shown({TABLE_MIME: TABLE}),
        title="T",
        cards=[CARD],
    )
    tables = [block.id for chapter in made.chapters for block in chapter.blocks if block.kind == "table"]

    assert ["shares", "shares-2"] == tables
    assert ["shares-3", "shares-4", "patents-2", "占比有多大"] == [name for _, name, _ in headings(made)]


def test_tables_shown_or_returned_are_both_there():
    """A table is not lost when it is the last line of a cell, nor when it is displayed."""
    returned = new_code_cell(outputs=[new_output("execute_result", data={TABLE_MIME: TABLE}, execution_count=1)])
    made = laid_out(returned, shown({TABLE_MIME: TABLE}))

    assert ["table", "table"] == kinds(made)


def test_outputs_come_in_the_best_form_they_have():
    """Prose before plain text, plain text before HTML that is not ours, and printed text as printed."""
    made = laid_out(
        shown({"text/markdown": "Prose.", "text/plain": "x"}),
        shown({"text/html": "<b>x</b>", "text/plain": "x"}),
        new_code_cell(outputs=[new_output("stream", name="stdout", text="\x1b[31mred\x1b[0m\n")]),
    )

    assert ["prose", "preformatted", "preformatted"] == kinds(made)
    assert "red" == made.chapters[0].blocks[2].text


def test_an_error_in_a_cell_is_an_error_of_the_report():
    """A report with a traceback in it is never made; the message says after which heading and what."""
    failed = new_code_cell(outputs=[new_output("error", ename="KeyError", evalue="'x'", traceback=[])])

    with pytest.raises(RenderingError, match=r"after the heading 'Creation'.*KeyError: 'x'"):
        laid_out(prose("# Creation"), failed, title="T")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"image/png": "AAAA", "text/plain": "<Figure>"}, "without a description"),
        ({SVG_MIME: "<svg/>", CHART_MIME: {"id": "c", "description": " "}}, "no description"),
        ({CHART_MIME: {"id": "c", "description": "d"}}, "no picture"),
        ({"text/latex": "x"}, "in none of the forms"),
        ({TABLE_MIME: TABLE | {"rows": [["one cell"]]}}, "1 cells, but there are 2 columns"),
    ],
)
def test_what_cannot_be_shown_to_everyone_is_an_error(data, message):
    """No picture without a description, no output left out in silence."""
    with pytest.raises(RenderingError, match=message):
        laid_out(shown(data))


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("#patent", "Did you mean patents"),
        ("03_creation.ipynb", "not part"),
    ],
)
def test_a_link_that_leads_nowhere_is_an_error_with_its_place(link, message):
    """Every link leads to the web or to something in this report."""
    with pytest.raises(RenderingError, match=f"chapter 'Creation'.*{link}.*{message}"):
        laid_out(prose(f"# Creation\n\n[x]({link})"), title="T", cards=[CARD])


@pytest.mark.parametrize("url", ["javascript:alert(1)", "JavaScript:x", "data:text/html,x", "file:///etc/passwd"])
def test_a_link_that_would_act_is_the_text_that_was_typed(url):
    """A name or note may hold anything; what is no address of the web is shown and leads nowhere."""
    made = laid_out(prose(f"# Creation\n\nSee [this *one*]({url})."), title="T")
    tokens = list(walk(made.chapters[0].blocks[0].tokens))

    assert not any(token["type"] == "link" for token in tokens)
    assert f"See [this one]({url})." == plain(made.chapters[0].blocks[0].tokens)


def test_links_in_tables_and_cards_are_checked_too():
    """A cell of a table or of a card may not lead nowhere either."""
    with pytest.raises(RenderingError, match=r"table shares.*#nowhere"):
        laid_out(shown({TABLE_MIME: TABLE | {"rows": [["a", "[1](#nowhere)"]]}}), cards=[])
    with pytest.raises(RenderingError, match=r"card patents.*#nowhere"):
        laid_out(title="T", cards=[CARD | {"rows": [["a", "[1](#nowhere)"]]}])


def test_a_chapter_alone_keeps_the_words_of_its_links_to_cards():
    """A notebook that is not a book has no cards: its numbers stay, as words that are no links."""
    made = laid_out(prose("[72,390](#patents) is [here](#contents)"))
    kinds_of_token = [token["type"] for token in made.chapters[0].blocks[0].tokens[0]["children"]]

    assert ["unlinked", "text", "link"] == kinds_of_token


def test_a_link_to_another_chapter_stays_as_words_where_that_is_not_in_the_book():
    """A count on the first screen leads to its list; a report of some chapters only keeps the count."""
    text = '# A\n\n[9 claims](#claims "chapter"), [2 numbers](#a "chapter")'
    links = laid_out(prose(text), title="T", cards=[CARD]).chapters[0].blocks[0].tokens[0]["children"]

    assert ["unlinked", "text", "link"] == [token["type"] for token in links]
    assert ["9 claims", "2 numbers"] == [plain(token["children"]) for token in links[::2]]


def test_headline_numbers_are_a_block_with_checked_links():
    """All that a tile says is laid out; its first number is where the card leads back to, and may not lead nowhere."""
    made = laid_out(
        shown({HEADLINES_MIME: HEADLINES, "text/markdown": "x", "text/plain": "x"}), title="T", cards=[CARD]
    )
    block = made.chapters[0].blocks[0]
    tile = block.tiles[0]

    assert ("headlines", "headlines", "Headline numbers", "Each is exact.") == (
        block.kind,
        block.id,
        block.label,
        plain(block.note),
    )
    assert ["Patents", "72,390", "patents", "Exact", "Rose from 60,000"] == [
        plain(part) for part in (tile.name, tile.value, tile.unit, tile.interval, tile.change)
    ]
    assert "from-patents" == made.cards[0].back == tile.value[0]["attrs"]["id"]
    with pytest.raises(RenderingError, match=r"headline numbers.*#patents"):
        laid_out(shown({HEADLINES_MIME: HEADLINES}), title="T", cards=[CARD | {"id": "other"}])


def test_a_card_leads_back_to_where_it_is_first_used():
    """The first link to a card gets a name, and the card has it; a card that nothing uses has none."""
    made = laid_out(
        prose("# A\n\n[1](#patents) and [2](#patents)"),
        title="T",
        cards=[CARD, CARD | {"id": "other"}],
    )
    links = [token for token in made.chapters[0].blocks[0].tokens[0]["children"] if token["type"] == "link"]

    assert ["from-patents", ""] == [card.back for card in made.cards]
    assert ["from-patents", None] == [token["attrs"].get("id") for token in links]


def test_no_card_is_called_like_a_part_of_the_page():
    """A series called "contents" would take the place of the list of contents."""
    with pytest.raises(RenderingError, match="a card is called contents"):
        laid_out(title="T", cards=[CARD | {"id": "contents"}])


def test_one_card_under_one_id():
    """The same card twice is one card; two different ones under one id are an error."""
    assert 1 == len(laid_out(title="T", cards=[CARD, dict(CARD)]).cards)
    with pytest.raises(RenderingError, match="two different cards are called patents"):
        laid_out(title="T", cards=[CARD, CARD | {"title": "Other"}])


def test_labels_given_stand_before_our_own():
    """A report's own words replace the defaults of its language; an unknown language is an error."""
    assert ("Inhalt", "表") == tuple(
        laid_out(language="zh", labels={"contents": "Inhalt"}).labels[k] for k in ("contents", "table")
    )
    with pytest.raises(RenderingError, match="'de'; there are en, zh"):
        laid_out(language="de")
