"""Scales found from marks."""

from fractions import Fraction

from analysis.printed_numbers import Printed
from analysis.scales import bare, off_scale, same_number, straight_line, told


def number(value: int, place: int = 1, qualifier: str = "exact") -> Printed:
    return Printed((Fraction(value),), "", qualifier, Fraction(place))


def test_the_one_mark_that_is_off_is_told():
    """10, 20 and 40 at 2 points each; 40 drawn as 70 asks for 80."""
    numbers = [number(10), number(20), number(40)]

    assert [] == list(off_scale([20.0, 40.0, 80.0], "abc", numbers))
    assert [("c", numbers[2], 70.0, 80.0)] == list(off_scale([20.0, 40.0, 70.0], "abc", numbers))


def test_digits_that_are_not_printed_are_allowed_for():
    """47,000 to the thousand may be drawn as 47,400: at a point for each 100 that is 4 points off, of 5 allowed."""
    numbers = [number(47000, 1000), number(10000), number(20000)]

    assert [] == list(off_scale([474.0, 100.0, 200.0], "abc", numbers))
    assert ["a"] == [name for name, *_ in off_scale([480.0, 100.0, 200.0], "abc", numbers)]


def test_a_line_through_most_points():
    """One of five points elsewhere does not turn it."""
    assert (1.0, 2.0) == straight_line([(0, 1), (1, 3), (2, 5), (3, 7), (4, 99)])


def test_numbers_and_names():
    """The thing counted makes no difference, a qualifier does; spaces may be lost where a name is broken."""
    assert same_number(number(5), Printed((Fraction(5),), "counted", "exact", Fraction(1)))
    assert not same_number(number(5), number(5, qualifier="more_than"))
    assert "more than 1,200" == told(number(1200, qualifier="more_than"))
    assert bare("IP cases received") == bare("IP casesreceived")
