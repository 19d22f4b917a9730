"""Small charts and grids made by hand, against their tables."""

from analysis.drawn import Mark, Picture, Word
from analysis.panel_coherence import grid_problems, panel_problems, yearly

ROWS = [["Patents", "2020: [10](#a-2020); 2021: [20](#a)", ""]]
TICKS = (Mark("tick", "grey", ((100.0, 90.0),)), Mark("tick", "grey", ((200.0, 90.0),)))
DOTS = (Mark("circle", "blue", ((100.0, 70.0),)), Mark("circle", "blue", ((200.0, 50.0),)))
WORDS = (
    Word("Patents", (10.0, 20.0)), Word("2020", (100.0, 103.0), "middle"), Word("2021", (200.0, 103.0), "middle"),
    Word("10", (100.0, 65.0), "middle"), Word("20", (200.0, 45.0), "middle"),
)  # fmt: skip


def told(marks=TICKS + DOTS, words=WORDS, rows=ROWS) -> list[str]:
    return list(panel_problems(rows, Picture((300.0, 120.0), words, marks)))


def test_numbers_by_year_are_read_in_both_languages():
    """With qualifiers; a cell that is something else has none."""
    assert {2020: 10, 2021: 20} == {year: each.values[0] for year, each in yearly(ROWS[0][1]).items()}
    assert "more_than" == yearly("2015 年 超过 4.6 万；2017 年 36,993")[2015].qualifier
    assert {} == yearly("10.80%")


def test_a_small_chart_from_zero_agrees():
    """10 is 20 points high and 20 is 40."""
    assert [] == told()


def test_a_height_a_year_and_a_number_that_do_not_agree():
    """Each wrong thing by itself."""
    high = (*TICKS, DOTS[0], Mark("circle", "blue", ((200.0, 40.0),)))
    years = (*WORDS[:2], Word("2022", (200.0, 103.0), "middle"), *WORDS[3:])
    number = (*WORDS[:4], Word("30", (200.0, 45.0), "middle"))

    assert any("points high" in each for each in told(marks=high))
    assert any("under Patents stand the years [2020, 2022]" in each for each in told(words=years))
    assert ["30 stands over a dot of Patents that has another number"] == told(words=number)
    assert ["Patents has 2 years in the table, but 1 dots"] == told(marks=(*TICKS, DOTS[0]))
    assert ["no small chart is called Patents, where it should be"] == told(words=WORDS[1:])
    assert any("Patents in 2021 is exact, but drawn as a triangle" in each
               for each in told(marks=(*TICKS, DOTS[0], Mark("triangle", "blue", ((200.0, 50.0),)))))  # fmt: skip


def test_a_grey_band_for_each_break():
    """The table tells of a break, the picture has no band."""
    broken = [["Patents", ROWS[0][1], "counted anew between 2020 and 2021"]]

    assert ["Patents has 0 grey bands, but the table tells of breaks: counted anew between 2020 and 2021"] == told(
        rows=broken
    )


def test_a_grid_has_the_squares_of_its_table():
    """Two years of one series; a square too few, or in another year, is seen, and a wrong count."""
    heads = (Word("2020", (100.0, 10.0), "middle"), Word("2021", (120.0, 10.0), "middle"))
    words = (*heads, Word("Patents", (50.0, 33.2), "end"))
    squares = tuple(Mark("square", "blue", ((place, 30.0),)) for place in (100.0, 120.0))

    def grid(squares, count="2") -> list[str]:
        return list(grid_problems([["Patents", "2020, 2021", count]], Picture((200.0, 60.0), words, squares)))

    assert [] == grid(squares)
    assert ["its squares are not those of its table: Patents in 2021"] == grid(squares[:1])
    assert ["its table counts the years of Patents otherwise than it names them"] == grid(squares, "3")
