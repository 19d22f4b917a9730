"""Pictures read back: hand-made SVG in, marks and words out."""

from analysis.drawn import Mark, Picture, Word, near, picture_of

BAR = '<path d="M10 5L40 5L40 15L10 15z" fill="#0072b2"/>'
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="100pt" height="50pt" viewBox="0 0 100 50">'


def read(inner: str) -> Picture:
    return picture_of(f"{HEAD}{inner}</svg>")


def test_a_filled_rectangle_is_a_bar():
    """From (10, 5) to (40, 15): 30 points long; written absolutely, shortly or relatively, it is the same bar."""
    bar = Mark("bar", "#0072b2", ((10.0, 5.0), (40.0, 15.0)))
    ways = ("M10 5L40 5L40 15L10 15z", "M10 5H40V15H10z", "m10 5h30v10h-30z", "M 10,5 40,5 40,15 10,15 Z")

    assert [(bar,)] * 4 == [read(f'<path d="{way}" fill="#0072B2"/>').marks for way in ways]
    assert 30 == bar.length


def test_markers_are_known_by_their_shape():
    """A curve is a circle, three corners are an arrow or a triangle, four a diamond or a square."""
    shapes = {
        "circle": "M0 2C1 2 2 1 2 0C2 -1 1 -2 0 -2C-1 -2 -2 -1 -2 0z",
        "arrow": "M3 0L-3 -3L-3 3z",
        "triangle": "M0 -2L-2 2L2 2z",
        "diamond": "M0 4L4 0L0 -4L-4 0z",
        "square": "M-3 3L3 3L3 -3L-3 -3z",
        "tick": "M0 0L0 3.5",
    }
    for shape, course in shapes.items():
        marker = f'<defs><path id="m" d="{course}" stroke="#222222" fill="#ffffff"/></defs>'
        (mark,) = read(f'{marker}<use x="7" y="8" href="#m"/>').marks

        assert (shape, (7.0, 8.0)) == (mark.shape, mark.at)


def test_a_circle_and_a_tick_may_be_written_out():
    """A circle element, and a thin line of 3.5 points down, are the circle and the tick that markers draw."""
    circle = '<defs><circle id="m" r="2" fill="#ffffff" stroke="#222222"/></defs><use x="7" y="8" href="#m"/>'
    tick = '<path d="M7 8L7 11.5" stroke="#222222" stroke-width="0.8" fill="none"/>'

    assert Mark("circle", "#ffffff #222222", ((7.0, 8.0),)) == read(circle).marks[0]
    assert Mark("tick", "#222222", ((7.0, 8.0),)) == read(tick).marks[0]


def test_words_keep_their_place_through_groups():
    """What a group says of its texts holds for them; a shift is added."""
    told = '<g text-anchor="end" transform="translate(2 3)"><text x="1" y="1">A  city\n</text></g>'

    assert (Word("A city", (3.0, 4.0), "end"),) == read(told).words


def test_what_shows_nothing_is_no_picture():
    """No SVG, one cut off, one without marks, and one of a single point are none."""
    assert [None] * 4 == [
        picture_of("data"),
        picture_of(HEAD + BAR),
        read(""),
        picture_of('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0L1 1" stroke="red"/></svg>'),
    ]
    assert read(BAR) is not None


def test_marks_are_near_within_a_distance_and_alike_in_colour():
    """0.3 points apart is near within half a point; another colour never is."""
    mark = Mark("circle", "red", ((1.0, 1.0),))

    assert near(mark, Mark("circle", "red", ((1.3, 1.0),)), 0.5)
    assert not near(mark, Mark("circle", "red", ((1.6, 1.0),)), 0.5)
    assert not near(mark, Mark("circle", "blue", ((1.0, 1.0),)), 0.5)
