"""Texts of a PDF: what its pages, metadata, alternative texts and files say, of which its bytes show nothing."""

import io
import shutil
import subprocess

import pikepdf
import pytest

from analysis import render
from analysis.figures import load_figures
from analysis.lesson_pages import handout
from analysis.lessons import lessons
from analysis.parameters import Parameters
from analysis.pdf_texts import pdf_texts
from analysis.teaching import held
from analysis.teaching_leaks import SolutionLeft, left, require_clean

MARKS = {
    "one rounding of an answer": "401,050",
    "another": "401050",
    "a third": "401050.00",
    "the solution": "return float(printed) * 10**power",
    "a hidden id": "lesson.answer(",
    "a mistake, over two scripts": "万 and 亿 mixed up",
    "a word for teachers, over the end of a line": "A table of all places from one publication.",
}


@pytest.fixture(scope="module")
def the_class():
    return held(lessons()["90_reading_a_bulletin"], load_figures(), Parameters("330200", 2021, "en"))


@pytest.fixture(scope="module")
def paper(the_class) -> bytes:
    """The handout of a lesson, as learners get it."""
    return render.pdf(handout(the_class))


def with_text(the_class, text: str) -> bytes:
    """The handout with a paragraph more, in which a text stands among so many words that it runs over a line."""
    notebook = handout(the_class)
    words = " ".join(["and"] * 12)
    quoted = f"`{text}`" if "(" in text else text
    notebook.cells[-1].source += f"\n\n{words} {quoted} {words}"
    return render.pdf(notebook)


def with_structure(paper: bytes, where: str, text: str) -> bytes:
    """The handout with a text where no page shows it."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as file:
        match where:
            case "title":
                file.docinfo["/Title"] = text
            case "metadata":
                with file.open_metadata() as about:
                    about["dc:description"] = text
            case "alternative text":
                file.Root.StructTreeRoot.K = [
                    file.make_indirect(pikepdf.Dictionary(Alt=text)),
                    file.Root.StructTreeRoot.K,
                ]
            case "outline":
                file.Root.Outlines.First.Title = text
            case "attached file":
                file.attachments["notes.txt"] = text.encode()
            case "note on a page":
                note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Contents=text)
                file.pages[0].Annots = pikepdf.Array([note])
        file.save(made)
    return made.getvalue()


@pytest.mark.fault(85)
@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
def test_a_mark_on_a_page_is_found(the_class, mark):
    """Bytes of a PDF show nothing of it; its text does, and the class is refused."""
    made = with_text(the_class, mark)

    assert mark.encode() not in made
    with pytest.raises(SolutionLeft, match=r"handout\.pdf, as it is read: "):
        require_clean(the_class, {"handout.pdf": made})


@pytest.mark.fault(85)
@pytest.mark.parametrize(
    "where", ["title", "metadata", "alternative text", "outline", "attached file", "note on a page"]
)
@pytest.mark.parametrize("mark", ["401050.00", "万 and 亿 mixed up"])
def test_a_mark_that_no_page_shows_is_found(the_class, paper, where, mark):
    """In a title, in metadata, in an alternative text, in the outline, in a file or a note."""
    assert [] != left(the_class, {"handout.pdf": with_structure(paper, where, mark)})


@pytest.mark.fault(85)
def test_a_handout_has_none(the_class, paper):
    """And the search finds every mistake of the key in the teacher's PDF."""
    found = left(the_class, {"key.pdf": render.pdf(handout(the_class, with_key=True))})

    assert [] == left(the_class, {"handout.pdf": paper})
    assert 40 < len(found)
    assert any("'401,050'" in each for each in found)


@pytest.mark.fault(85)
def test_a_mark_over_two_scripts_is_found_on_a_page(the_class):
    """A page marks 万 as Chinese, so that the sentence does not stand in its bytes as a whole."""
    page = b"<p><span lang='zh'>\xe4\xb8\x87</span> and <span lang='zh'>\xe4\xba\xbf</span> mixed up</p>"

    assert ["handout.html, as it is read: '万 and 亿 mixed up'"] == left(the_class, {"handout.html": page})


def test_numbers_in_two_cells_are_no_number(the_class):
    """401 and 050 in cells of a table that stand beside each other give nothing away."""
    assert [] == left(the_class, {"handout.html": b"<td>401</td><td>050</td>"})


def test_what_is_read_is_what_others_read(paper):
    """pdftotext finds the same words, in the same number, in both scripts."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed: nothing to compare with")
    run = subprocess.run(["pdftotext", "-", "-"], input=paper, capture_output=True, check=True, timeout=60)
    theirs, ours = run.stdout.decode(), pdf_texts(paper)
    pages = ours.partition("<?xpacket")[0].partition("Typst")[0]  # before names and random bytes of the file

    for word in ("Exercise", "亿", "万", "119", "patents", "denominator", "digit"):
        assert theirs.count(word) <= ours.count(word), word
    assert "\ufffd" not in pages
    assert 10 < theirs.count("亿")
