"""Chapters in forks of a warm process: the same outputs as in ordinary kernels, and nothing of one in the next."""

import json
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analysis import engine, warm_engine
from analysis.codebook import LANGUAGES
from analysis.execution import chapters, coldness, executed
from analysis.figures import load_figures
from analysis.parameters import Parameters

pytestmark = pytest.mark.skipif(bool(coldness()), reason=f"kernels are not forked here: {coldness()}")
LATEST = load_figures().years("330200")[-1]
DECLARED = 'region: str = ""\nreference_year: int = 0\nlanguage: str = "en"'
ECHO = "from analysis.parameters import Parameters\nprint(Parameters(region, reference_year, language).echo())"
PLANTED = """\
import builtins, decimal, gc, json, locale, logging, os, random, signal, sys, tempfile, threading, warnings
from pathlib import Path
import matplotlib, numpy, pandas
builtins.left = json.left = sys.modules['left'] = get_ipython().user_ns['left'] = 1
os.environ['LEFT'] = '1'
warnings.simplefilter('ignore')
matplotlib.rcParams['font.size'] = 31
pandas.set_option('display.max_rows', 3)
numpy.seterr(all='raise'); numpy.random.seed(1); random.seed(1)
decimal.getcontext().prec = 3
sys.setrecursionlimit(4321); sys.path.insert(0, '/left')
locale.setlocale(locale.LC_ALL, 'C'); os.umask(0o77)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
logging.getLogger().addHandler(logging.NullHandler())
for folder in (Path.home(), tempfile.gettempdir(), matplotlib.get_cachedir(), matplotlib.get_configdir()):
    Path(folder, 'left').write_text('1')
kept = open(os.devnull)
threading.Thread(target=threading.Event().wait, daemon=True).start()
gc.disable(); os.chdir('/'); print('planted')"""
SEEN = """\
import builtins, decimal, gc, json, locale, logging, os, signal, sys, tempfile, threading, warnings
from pathlib import Path
import matplotlib, numpy, pandas
scratch = os.environ['HOME']
homes = (Path.home(), tempfile.gettempdir(), matplotlib.get_cachedir(), matplotlib.get_configdir())
files = {os.readlink(each) for each in Path('/proc/self/fd').iterdir() if each.is_symlink() and int(each.name) > 2}
told = {
    'names': sorted(name for name in globals() if not name.startswith('_')),
    'marks': [hasattr(builtins, 'left'), hasattr(json, 'left'), 'left' in sys.modules],
    'environment': {k: v.replace(scratch, '') for k, v in os.environ.items() if k != 'JPY_PARENT_PID'},
    'folder': os.getcwd().replace(scratch, ''),
    'warnings': sorted(str(each[:3]) for each in warnings.filters),
    'settings': {k: str(v) for k, v in matplotlib.rcParams.items()},
    'rows': pandas.get_option('display.max_rows'),
    'numpy': numpy.geterr(),
    'decimal': str(decimal.getcontext()),
    'limit': sys.getrecursionlimit(),
    'path': [each.replace(scratch, '') for each in sys.path],
    'locale': locale.setlocale(locale.LC_ALL),
    'mask': os.umask(0o22),
    'signals': [str(signal.getsignal(each)) for each in signal.valid_signals()],
    'blocked': sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
    'loggers': [str(each) for each in logging.getLogger().handlers],
    'homes': [str(each).replace(scratch, '') for each in homes],
    'left': [str(each) for each in Path(scratch).rglob('left')],
    'open': [each for each in files if each[0] == '/' and scratch not in each and '/proc/' not in each],
    'gc': [gc.isenabled(), gc.get_threshold()],
    'input': In[:2], 'streams': [sys.stdout.encoding, sys.stdout.isatty(), sys.stdout.name],
    'shell': [type(get_ipython()).__name__, get_ipython().execution_count, type(get_ipython().kernel).__name__],
    'main': sys.modules['__main__'].__dict__ is globals(), 'argv': len(sys.argv[0]) > 0,
    'priority': os.nice(0), 'group': os.getpgid(0) == os.getpid(), 'session': os.getsid(0) == os.getpid(),
}
print(json.dumps(told, sort_keys=True))"""


@pytest.fixture
def ran(tmp_path):
    """A function that runs a cell in a chapter of its own by one of the engines, and returns what it printed."""

    def printed(source: str, by: str = warm_engine.NAME) -> str:
        first = new_code_cell(DECLARED, metadata={"tags": ["parameters"]})
        notebook = new_notebook(cells=[first, new_code_cell(source), new_code_cell(ECHO)])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        path = tmp_path / "01_invented.ipynb"
        nbformat.write(notebook, path)
        run = executed(path, Parameters("330200", LATEST, "en"), by=by)
        return "".join(output.text for output in run.cells[2].outputs)

    return printed


@pytest.mark.parametrize("position", range(len(chapters())), ids=list(chapters()))
def test_chapter_is_the_same_as_in_an_ordinary_kernel(position):
    """Every output, pictures included, byte for byte; every other chapter in the other language."""
    path = list(chapters().values())[position]
    asked = Parameters("330200", LATEST, LANGUAGES[position % len(LANGUAGES)])

    ordinary, forked = (nbformat.writes(executed(path, asked, by=by)) for by in (engine.NAME, warm_engine.NAME))

    assert ordinary == forked


def test_nothing_of_one_chapter_is_in_the_next(ran):
    """Whatever a chapter changes in its process and in its folders, the next one sees what an ordinary kernel sees."""
    ran(PLANTED)

    forked, ordinary = (json.loads(ran(SEEN, by)) for by in (warm_engine.NAME, engine.NAME))

    assert [] == forked["open"]
    assert ordinary == forked | {"open": ordinary["open"]}  # which has what was its terminal


def test_each_change_would_be_seen(ran):
    """The test above looks at everything that it plants: within one chapter, all of it shows."""
    fresh, changed = json.loads(ran(SEEN)), json.loads(ran(PLANTED + "\n" + SEEN).splitlines()[-1])

    assert {
        *("decimal", "environment", "folder", "gc", "left", "limit", "locale", "loggers", "marks", "mask", "names"),
        *("numpy", "open", "path", "rows", "settings", "signals", "warnings"),
    } <= {name for name in fresh if fresh[name] != changed[name]}


def test_random_numbers_differ_from_fork_to_fork(ran):
    """A chapter that does not seed gets others each time, as in a kernel of its own; one that does gets the same."""
    draw = "import random, numpy, uuid\nprint(numpy.random.random(), random.random(), uuid.uuid4())"
    seeded = "import random, numpy\nnumpy.random.seed(7); random.seed(7)\nprint(numpy.random.random(), random.random())"

    first, second = ran(draw).split(), ran(draw).split()

    assert [] == [one for one, other in zip(first, second, strict=True) if one == other]
    assert ran(seeded) == ran(seeded) == ran(seeded, engine.NAME)


def test_chapter_begins_with_no_thread_of_the_warm_process(ran):
    """It would not be there any more, and whoever waits for it would wait for ever."""
    assert "1 1\n" == ran("import os, threading\nprint(threading.active_count(), len(os.listdir('/proc/self/task')))")


def test_what_other_processes_print_is_an_output_too(ran):
    """As in an ordinary kernel, whatever a cell starts prints into the cell, in UTF-8."""
    source = "import subprocess\nsubprocess.run(['echo', '宁波'])\nprint('done')"

    assert sorted(ran(source, engine.NAME).splitlines()) == sorted(ran(source).splitlines()) == ["done", "宁波"]


def test_papermill_alone_finds_the_engine(tmp_path):
    """`papermill --engine ipreport-warm` runs a chapter here and as things are, and gives what is committed."""
    path = next(iter(chapters().values()))
    command = [sys.executable, "-m", "papermill", "--engine", warm_engine.NAME, "--no-progress-bar"]

    subprocess.run([*command, path, "out.ipynb"], cwd=tmp_path, check=True, capture_output=True)
    done, committed = (nbformat.read(each, as_version=4) for each in (tmp_path / "out.ipynb", path))

    assert [cell.get("outputs") for cell in committed.cells] == [cell.get("outputs") for cell in done.cells]
