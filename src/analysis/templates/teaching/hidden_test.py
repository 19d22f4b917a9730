def _fits(answer, key, within):
    from fractions import Fraction
    from math import isfinite

    if type(key) is list:
        same = type(answer) in (list, tuple) and len(answer) == len(key)
        return same and all(_fits(*pair, within) for pair in zip(answer, key, strict=True))
    if type(key) is bool:
        return type(answer) is bool and answer == key
    if type(key) is str and key[0] == ":":
        return type(answer) is str and answer == key[1:]
    if type(answer) not in (int, float) or not isfinite(answer):
        return False
    key = Fraction(key)
    return abs(Fraction(answer) - key) <= Fraction(within) * max(abs(key), Fraction(1, 10**9))


def _looked_at(answer, key, within, mistakes, wrong):
    if not _fits(answer, key, within):
        raise AssertionError(next((said for value, said in mistakes if _fits(answer, value, within)), wrong))
