"""Values as code: the text is that of pprint, to the sign."""

from pprint import pformat
from random import Random

import pytest

from analysis.literals import WIDTH, literal

PLAIN = [1, -3.5, None, "", "it's", 'said "so"', "new\nline", (1,), [], {}]


def value(chance: Random, depth: int) -> object:
    """Dictionaries in dictionaries, with texts and lists that fit into a line, and some that do not."""
    if depth and chance.random() < 0.6:
        return {"k" * chance.randint(1, 30) + str(at): value(chance, depth - 1) for at in range(chance.randint(0, 6))}
    long = ["x" * chance.randint(0, 60), "件" * chance.randint(0, 40), [1, "a"] * chance.randint(0, 9)]
    return chance.choice([*PLAIN, *long])


@pytest.mark.parametrize("seed", range(20))
def test_the_text_is_that_of_pprint(seed):
    """Whatever is in it, however deep, and where a line ends exactly at the margin."""
    chance = Random(seed)
    made = [value(chance, depth) for depth in (1, 2, 3, 4) for _ in range(50)]
    made += [{"a": {"b" * 40: "x" * reach}, "c" * 30: 1} for reach in range(WIDTH)]

    assert [pformat(each, sort_dicts=False, width=WIDTH) for each in made] == [literal(each) for each in made]
