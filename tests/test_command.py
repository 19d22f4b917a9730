"""The command as a person uses it: help that reads like a manual, one message for a mistake, exit codes."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from analysis import building
from analysis.codebook import codebook
from analysis.command import main
from analysis.execution import chapters
from analysis.figures import load_figures
from analysis.indicators import indicators

HERE = ["--region", "330200", "--year", "2021"]


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(main, [*arguments])


@pytest.mark.parametrize("command", ["build", "batch", "list", "show", "check", "advance", "compare", "read", "site"])
def test_each_command_has_help(run, command):
    """Help says what the command does in sentences, and describes every option."""
    result = run(command, "--help")

    assert 0 == result.exit_code
    assert len(result.output) > 200
    assert command in run("--help").output


@pytest.mark.parametrize(
    ("what", "names"),
    [
        ("regions", load_figures().regions),
        ("years", load_figures().years),
        ("series", codebook),
        ("indicators", indicators),
        ("chapters", chapters),
    ],
)
def test_list_names_what_exists(run, what, names):
    """One line for each region, year, series, indicator or chapter, beginning with its name."""
    lines = run("list", what).output.splitlines()

    assert [str(name) for name in names()] == [line.split("  ")[0] for line in lines]


def test_show_gives_value_interval_and_phrase(run):
    """119 亿元 among 291 firms is 40.89 million yuan each; the phrases are those of the bulletin."""
    output = run("show", "financing_per_firm", *HERE).output

    assert "40.89 million yuan" in output
    assert "40.721 to 41.066 million yuan" in output
    assert "惠及企业291家" in output


def test_show_and_check_speak_traditional_chinese(run):
    """Our words are converted, the words of the source are not, and no mark of a quotation is printed."""
    output = run("show", "financing_per_firm", *HERE, "--language", "zh-Hant").output

    assert "4,089 萬元" in output
    assert "“惠及企业291家”" in output
    assert "增長率" in run("check", "--region", "330200", "--language", "zh-Hant").output


def test_build_makes_every_edition_and_says_what_was_proved(run, monkeypatch):
    """All three unless one is asked for; the sentence of the proof stands in the output."""
    asked = []

    def built(region, year, editions, formats, output, tell, conclude, network, store):
        asked.append((region, year, editions))
        conclude("1,324 linked numbers agree")
        return []

    monkeypatch.setattr(building, "build", built)
    result = run("build", *HERE)
    run("build", *HERE, "--language", "zh-Hant")

    assert "1,324 linked numbers agree\n" in result.output
    assert [("330200", 2021, ("en", "zh", "zh-Hant")), ("330200", 2021, ("zh-Hant",))] == asked


def test_show_of_a_published_figure(run):
    """A series can be shown like an indicator."""
    assert "7,819" in run("show", "invention_patents_granted", *HERE).output


def test_check_counts_what_there_is(run):
    """The check passes on the committed data and says how much it read."""
    result = run("check")

    assert 0 == result.exit_code
    assert f"{len(list(load_figures()))} figures of {len(codebook())} series" in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "--region", "999999", "--year", "2021"], "no region '999999'"),
        (["build", "--region", "Ningbo", "--year", "2021"], "Did you mean 330200?"),
        (["build", "--region", "330200", "--year", "1999"], "there are figures for 2008"),
        (["build", "--region", "330200", "--year", "２０２１"], "four digits"),
        (["build", "--region", "330200", "--year", "2_021"], "four digits"),
        (["build", *HERE, "--formats", "docx"], "no format 'docx'; there are html, pdf"),
        (["build", *HERE, "--output", "/dev/null/reports"], "choose another folder"),
        (["show", "invention_shar", *HERE], "Did you mean invention_share?"),
        (["show", "high_value_share_of_inventions", *HERE], "cannot be computed"),
        (["show", "court_cases_concluded", *HERE], "no figure is published"),
        (["list", "years", "--region", "1"], "no region '1'"),
    ],
)
def test_mistake_is_one_message_and_exit_code_1(run, arguments, said):
    """What was found, what exists, what to do; no traceback."""
    result = run(*arguments)

    assert 1 == result.exit_code
    assert said in result.output
    assert "Traceback" not in result.output
    assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("arguments", [["build"], ["bild"], ["list", "citys"], ["build", *HERE, "--language", "fr"]])
def test_wrong_usage_exits_with_2(run, arguments):
    """A missing option, an unknown command or a choice that does not exist is wrong usage."""
    assert 2 == run(*arguments).exit_code


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--region", "330200"],
        ["build", "--parameters", "none.yaml"],
        ["build", *HERE, "--parameters", __file__],
    ],
)
def test_build_wants_region_and_year_or_a_file(run, arguments):
    """One or the other; options beside a file would have to overrule it, or be ignored."""
    assert 2 == run(*arguments).exit_code


def test_file_of_parameters_is_refused_before_anything_runs(run, tmp_path):
    """All its runs are held to the contract first."""
    (tmp_path / "runs.yaml").write_text("- {region: 330200, year: 2021}\n- {region: 330200, year: 2O21}\n")

    result = run("build", "--parameters", str(tmp_path / "runs.yaml"), "--output", str(tmp_path / "reports"))

    assert 1 == result.exit_code
    assert "Error: runs.yaml, line 2: year: '2O21' is not a reference year" in result.output
    assert not (tmp_path / "reports").exists()


@pytest.mark.fault(61)
def test_busy_folder_exits_with_75(run, tmp_path, monkeypatch):
    """A script can tell that it may try again."""
    monkeypatch.setattr("analysis.shelf._taken", lambda descriptor: False)
    monkeypatch.setattr("analysis.shelf.locked.__wrapped__.__defaults__", (0.0,))

    result = run("build", *HERE, "--language", "en", "--output", str(tmp_path))

    assert 75 == result.exit_code
    assert "somebody else has been putting reports into" in result.output


def test_help_tells_the_exit_codes(run):
    """In the help of the command and of build."""
    for arguments in (["--help"], ["build", "--help"]):
        assert all(
            code in run(*arguments).output for code in ("Exit codes: 0", "1 refused or failed", "2 wrong", "75 some")
        )


def test_malformed_data_is_one_message(tmp_path):
    """A figure with a thousands separator is refused with file and line, through the real command."""
    from shutil import copytree

    from analysis import paths

    copytree(paths.DATA, tmp_path / "data")
    table = sorted((tmp_path / "data" / "figures").glob("*.csv"))[0]
    lines = table.read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    lines[1] = ",".join([*cells[:2], "1_000", *cells[3:]])
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [sys.executable, "-c", "from analysis.command import main; main()", "check"]
    environment = os.environ | {"IPREPORT_ROOT": str(tmp_path)}

    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert 1 == result.returncode
    assert f"data/figures/{table.name}, line 2: '1_000' is not a printed number" in result.stderr
    assert "Traceback" not in result.stderr


def test_help_waits_for_nothing_heavy():
    """What runs chapters, renders them, or speaks with workers is imported by whoever needs it, not for help."""
    heavy = ["distributed", "dask", "fsspec", "papermill", "nbconvert", "matplotlib", "pandas", "pydantic"]
    program = (
        "import sys\nfrom analysis.command import main\n"
        "for asked in (['--help'], ['batch', '--help']):\n    main(asked, standalone_mode=False)\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert "[]" == said.splitlines()[-1]
