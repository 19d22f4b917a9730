"""Grading: whatever is handed in has its row, nobody gets what is not theirs, and the batch goes on."""

import csv
import json
import os
import zipfile
from pathlib import Path

import nbformat
import pytest

from analysis import isolation
from analysis.cells import unguarded
from analysis.errors import AnalysisError
from analysis.figures import load_figures
from analysis.grade_files import write_grades
from analysis.grading import grades, require_key_apart
from analysis.hermetic import NotIsolated
from analysis.isolation import Bounds, told_by, way_in
from analysis.lesson_keys import BadKey, key_of, key_text, read_key, write_key
from analysis.lesson_notebooks import learner_notebook, solved_notebook
from analysis.lessons import lesson_named
from analysis.parameters import Parameters
from analysis.teaching import held

BOUNDS = Bounds(cell_seconds=1, seconds=4, memory=256_000_000)
NAME = "90_reading_a_bulletin"
POINTS = 1 + 1 + 1 + 2 + 2 + 2 + 1 + 3 + 3
CANARY = "canary-7319"

HOSTILE = {
    "loops": "while True:\n    pass",
    "ignores": "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True:\n    pass",
    "forks": "import os\nwhile True:\n    os.fork()",
    "memory": "x = []\nwhile True:\n    x.append(bytearray(10**7))",
    "prints": "while True:\n    print('flood' * 1000)",
    "floods": """import os
while True:
    for at in range(3, 20):
        try:
            os.write(at, b'x' * 65536)
        except OSError:
            pass""",
    "fills": "at = 0\nwhile True:\n    at += 1\n    open(str(at), 'wb').write(b'x' * 10**6)",
    "exits": "import os\nos._exit(0)",
    "quits": "import sys\nsys.exit(0)",
    "deep": "def f(x):\n    return f(x)\nf(1)",
    "segfaults": "import ctypes\nctypes.string_at(0)",
}
LYING = """
class Lies(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    def __rsub__(self, other): return 0.0
    def __abs__(self): return 0.0
    def __le__(self, other): return True
class Word(str):
    def __eq__(self, other): return True
    __hash__ = None
in_full = one_unit = in_english = Lies(1)
sentence_kinds = what_is_known = stock_or_flow = Word("x")
ends = [Lies(1), Lies(2)]
class Meta(type):
    @property
    def __name__(cls): raise RuntimeError
class Call(metaclass=Meta):
    def __call__(self, *given): return Lies(1)
number = reach = Call()
"""

ATTEMPTS = """
import ctypes, os, socket
found = []
libc = ctypes.CDLL(None, use_errno=True)
def attempt(what):
    try:
        found.append(str(what()))
    except OSError:
        pass
for place in ("SECRET", "/proc/1/rootSECRET", "/proc/self/environ", "../../..SECRET", "/etc/shadow", "/etc/passwd"):
    attempt(lambda: open(place).read())
for top in set(os.listdir("/")) - {"usr", "lib", "lib64", "bin"}:
    for root, folders, files in os.walk("/" + top):
        found += [os.path.join(root, name) for name in files if name in ("key.json", "shadow")]
for place in ("OUTSIDE", "/written", "/usr/written", os.__file__):
    attempt(lambda: open(place, "a").write("x"))
for address in (("127.0.0.1", 80), ("1.1.1.1", 53)):
    attempt(lambda: socket.create_connection(address, 1))
attempt(lambda: os.setuid(1))
attempt(lambda: os.chroot("/work"))
found += [value for value in os.environ.values() if "canary" in value]
found += ["namespace"] if libc.unshare(0x10000000) == 0 else []
found += ["mount"] if libc.mount(b"x", b"/work", b"tmpfs", 0, None) == 0 else []
stock_or_flow = repr(found)
"""


@pytest.fixture(scope="module")
def way():
    """How code is kept apart here; these tests are about nothing else, so that they fail where it cannot be."""
    return way_in()


@pytest.fixture(scope="module")
def the_class():
    return held(lesson_named("90"), load_figures(), Parameters("330200", 2021, "en"))


@pytest.fixture(scope="module")
def key(the_class, tmp_path_factory):
    path = tmp_path_factory.mktemp("key") / "key.json"
    write_key(path, {"region": "330200", "year": 2021, "seed": 0}, key_text({NAME: key_of(the_class)}), {})
    return read_key(path)


def notebook(source: str, *more: str) -> str:
    made = nbformat.v4.new_notebook(metadata={"ipreport_lesson": NAME})
    made.cells = [nbformat.v4.new_code_cell(each) for each in (source, *more)]
    return nbformat.writes(made)


def by_student(made) -> dict:
    return {each.student: each for each in made}


def graded(folder: Path, key, way, **more) -> dict:
    return by_student(grades(folder, key, way, bounds=BOUNDS, **more))


@pytest.mark.fault(86)
def test_the_model_solution_has_every_point(the_class, key, way, tmp_path):
    """What the teacher's notebook holds, handed in by a learner, is right throughout; the empty one has no point."""
    nbformat.write(solved_notebook(the_class), tmp_path / "good.ipynb")
    nbformat.write(learner_notebook(the_class), tmp_path / "untouched.ipynb")
    made = graded(tmp_path, key, way)

    assert (POINTS, POINTS, "") == (made["good"].points, made["good"].most, made["good"].said)
    assert (0, POINTS) == (made["untouched"].points, made["untouched"].most)
    assert {"no answer"} >= {mark.said for mark in made["untouched"].marks if mark.name not in ("number", "reach")}


@pytest.mark.fault(81)
def test_code_that_loops_multiplies_floods_or_ends_has_its_row(the_class, key, way, tmp_path):
    """Each has a row, and keeps what was right in its other cells if it lives to tell; others do not suffer."""
    for name, source in HOSTILE.items():
        (tmp_path / f"{name}.ipynb").write_text(notebook(source, "one_unit = 100"), encoding="utf-8")
    nbformat.write(solved_notebook(the_class), tmp_path / "zz_good.ipynb")
    made = graded(tmp_path, key, way)

    assert {*HOSTILE, "zz_good"} == set(made)
    assert POINTS == made["zz_good"].points
    assert all(made[name].said for name in HOSTILE if name not in ("prints",))
    assert {"loops", "memory", "quits", "deep", "prints", "fills"} <= {
        n for n, each in made.items() if each.points == 1
    }
    assert "took longer than allowed" in made["ignores"].said
    assert "ended before it told any answer" in made["exits"].said
    assert [] == left_over()


def left_over() -> list[str]:
    """Processes that run learners' code, but for dead ones that the system has yet to clear away."""
    found, first = [], (isolation.HERE / "learner_run.py").read_bytes()[:60]
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
            ours = folder.stat().st_uid >= isolation.USERS or first in (folder / "cmdline").read_bytes()
            if ours and state != "Z" and folder.name != str(os.getpid()):
                found.append(folder.name)
        except OSError:
            continue
    return found


@pytest.mark.fault(82)
@pytest.mark.parametrize("more", [[], ["--map-root-user"]], ids=["root", "namespace of users"])
def test_code_reads_no_answers_and_writes_nothing_outside(way, tmp_path, more):
    """Not the key, not other learners' files, not through /proc; no network, no environment, no rights to get back."""
    if os.geteuid() and not more:
        pytest.skip("only root makes namespaces without one of users")
    secret = tmp_path / "instructor" / "key.json"
    secret.parent.mkdir()
    secret.write_text(CANARY, encoding="utf-8")
    os.environ["CANARY"] = CANARY
    outside = tmp_path / "written"
    source = ATTEMPTS.replace("SECRET", str(secret)).replace("OUTSIDE", str(outside))
    try:
        told = told_by([source], ["stock_or_flow"], {}, Bounds(), [way[0], *more, *isolation.NAMESPACES])
    finally:
        del os.environ["CANARY"]

    assert {"values": {"stock_or_flow": ["value", "[]"]}, "calls": {}, "errors": []} == told.answers
    assert not outside.exists()


@pytest.mark.fault(82)
def test_the_attempts_above_succeed_where_nothing_keeps_them_apart(tmp_path):
    """With code that is trusted, reading the key works: so the test above shows the room, not a typing mistake."""
    secret = tmp_path / "key.json"
    secret.write_text(CANARY, encoding="utf-8")
    told = told_by([f"x = open({str(secret)!r}).read()"], ["x"], {}, BOUNDS, [])

    assert ["value", CANARY] == told.answers["values"]["x"]


@pytest.mark.fault(83)
def test_objects_that_lie_have_no_point(key, way, tmp_path):
    """Subclasses that say they are equal to anything, and callables that return them, do not count."""
    (tmp_path / "liar.ipynb").write_text(notebook(LYING), encoding="utf-8")
    made = graded(tmp_path, key, way)["liar"]

    assert 0 == made.points
    assert "of type Lies, which does not count" in next(mark.said for mark in made.marks if mark.name == "in_full")


def test_results_that_are_forged_are_claims_like_others(key, way, tmp_path):
    """Code that writes what the grader reads gets what its claims are worth, and no more."""
    forged = {"values": {"one_unit": ["value", 100], "in_full": ["value", True]}, "calls": {}, "errors": []}
    source = f"import os\nfor at in range(3, 20):\n    try:\n        os.write(at, {json.dumps(forged).encode()!r})\n" \
             "    except OSError:\n        pass\nos._exit(0)"  # fmt: skip
    (tmp_path / "forger.ipynb").write_text(notebook(source), encoding="utf-8")
    (tmp_path / "wild.ipynb").write_text(notebook(source.replace('"calls": {}', '"calls": 7')), encoding="utf-8")
    made = graded(tmp_path, key, way)

    assert 1 == made["forger"].points
    assert 0 == made["wild"].points


@pytest.mark.fault(84)
def test_files_that_are_broken_empty_or_twice_there_have_their_row(the_class, key, way, tmp_path):
    """Corrupt, empty, no notebook, a link, archives that reach out or swell, two files, 張三: nobody is lost."""
    good = nbformat.writes(solved_notebook(the_class))
    folder = tmp_path / "submissions"
    folder.mkdir()
    (folder / "corrupt.ipynb").write_text(good[:500], encoding="utf-8")
    (folder / "zero.ipynb").write_text("", encoding="utf-8")
    (folder / "nested.ipynb").write_text("[" * 200_000, encoding="utf-8")
    (folder / "list.ipynb").write_text("[1, 2]", encoding="utf-8")
    (folder / "essay.docx").write_text("x", encoding="utf-8")
    (folder / "empty").mkdir()
    (folder / "link.ipynb").symlink_to(tmp_path / "anything")
    (folder / "張三").mkdir()
    (folder / "張三" / "作業.ipynb").write_text(good, encoding="utf-8")
    (folder / "twice").mkdir()
    for name in ("a.ipynb", "b.ipynb"):
        (folder / "twice" / name).write_text(good, encoding="utf-8")
    for name, member, content in (
        ("slip", "../../escaped.ipynb", good),
        ("zipped", "mine/work.ipynb", good),
        ("bomb", "big.ipynb", " " * 9_000_000),
    ):  # fmt: skip
        with zipfile.ZipFile(folder / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(member, content)
    (folder / "nozip.zip").write_bytes(b"PK\x03\x04 no archive")
    (folder / ".DS_Store").write_bytes(b"x")
    made = graded(folder, key, way, names={"absent": "A. B.", "zipped": ""})

    assert {"corrupt", "zero", "nested", "list", "essay", "empty", "link", "張三", "twice", "slip", "zipped", "bomb",
            "nozip", "absent"} == set(made)  # fmt: skip
    assert {"張三", "twice", "zipped"} == {name for name, each in made.items() if each.points == POINTS}
    assert all(each.points == 0 and each.most == POINTS for each in made.values() if each.points < POINTS)
    assert "handed in more than once" in made["twice"].said
    assert "leads out of its folder" in made["slip"].said
    assert "nothing handed in" == made["absent"].said
    assert "not on the list" in made["張三"].said
    assert not (tmp_path / "escaped.ipynb").exists()


@pytest.mark.fault(22)
def test_a_learners_answer_with_markup_is_shown_as_text(key, way, tmp_path):
    """In the page of feedback nothing of an answer, a note or a name becomes markup; in the tables nothing computes."""
    evil = "<img src=x onerror=alert(1)>"
    made = nbformat.reads(notebook(f"sentence_kinds = {evil!r}\nstock_or_flow = '=1+1'\nraise ValueError({evil!r})"), 4)
    made.cells.append(
        nbformat.v4.new_markdown_cell(f"{evil}\n\n[x](javascript:alert(1))", metadata={"discussion": "discussion_1"})
    )
    folder = tmp_path / "in"
    folder.mkdir()
    nbformat.write(made, folder / "=cmd(1).ipynb")
    place = write_grades(grades(folder, key, way, bounds=BOUNDS), key, tmp_path / "out", "en")
    pages = [path.read_text(encoding="utf-8") for path in place.rglob("*.html")]
    rows = list(csv.DictReader((place / "grades.csv").read_text(encoding="utf-8-sig").splitlines()))

    assert 2 == len(pages)
    assert not any("<img" in page or 'href="javascript' in page or "<script" in page for page in pages)
    assert any("&lt;img src=x onerror=alert(1)&gt;" in page for page in pages)
    assert "'=cmd(1)" == rows[0]["student"]
    assert "=cmd(1)" == unguarded(rows[0]["student"])


def test_a_slip_is_told(key, way, tmp_path):
    """亿 read as 万, a whole unit instead of half of one, and a hard-coded function are each called by their name."""
    source = (
        "in_full = 1190000\nends = [401000, 401200]\none_unit = 1000000\ndef number(printed, power):\n    return 36000"
    )
    (tmp_path / "a.ipynb").write_text(notebook(source), encoding="utf-8")
    said = {mark.name: mark.said for mark in graded(tmp_path, key, way)["a"].marks}

    assert "万 and 亿 mixed up" in said["in_full"]
    assert "a whole unit of the last digit" in said["ends"]
    assert "10,000 times too large" in said["one_unit"]
    assert "right at 0 of 8 calls; called with" in said["number"]


def test_where_nothing_keeps_code_apart_it_is_not_run(monkeypatch):
    """Without `unshare`, or where the system forbids it, grading is refused, with what to do."""
    monkeypatch.setattr(isolation.shutil, "which", lambda name: None)
    with pytest.raises(NotIsolated, match="--trusted"):
        way_in()
    monkeypatch.setattr(isolation.shutil, "which", lambda name: "/bin/false")
    with pytest.raises(NotIsolated, match="apart from this machine"):
        way_in()


def test_a_key_that_code_could_read_is_refused():
    """A key below /usr would be in the room."""
    with pytest.raises(AnalysisError, match="move the key elsewhere"):
        require_key_apart(Path("/usr/share/key.json"))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "other"}'])
def test_a_file_that_is_no_key_is_refused(tmp_path, text):
    """The message says what writes a key."""
    (tmp_path / "key.json").write_text(text, encoding="utf-8")

    with pytest.raises(BadKey):
        read_key(tmp_path / "key.json")
