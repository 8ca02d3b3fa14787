"""Private names of ReportLab that `pdf/canvas.py` relies on: fails when they change."""

import inspect
from io import BytesIO

import reportlab
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas


def test_the_version_is_the_one_that_was_read() -> None:
    assert reportlab.__version__ == "5.1.0"


def test_the_canvas_keeps_its_operators_in_a_list_and_its_document_aside() -> None:
    canvas = Canvas(BytesIO(), pageCompression=0, invariant=1)

    assert canvas._code == []
    assert isinstance(canvas._doc, pdfdoc.PDFDocument)
    assert canvas._doc.delayedFonts == []
    assert canvas._doc.idToObject["BasicFonts"].dict is not None
    assert canvas._annotationrefs == []
    canvas.showPage()
    assert canvas._doc.Pages.pages[-1].Trans is not None


def test_the_preamble_is_made_by_a_method_and_starts_each_page() -> None:
    assert "_preamble" in inspect.getsource(Canvas._make_preamble)
    assert "self._preamble" in inspect.getsource(Canvas.showPage)
    assert "_make_preamble" in inspect.getsource(Canvas.setPageSize)


def test_fonts_are_asked_for_their_objects_when_the_document_is_made() -> None:
    source = inspect.getsource(pdfdoc.PDFDocument.GetPDFData)

    assert "delayedFonts" in source
    assert "addObjects(self)" in source


def test_every_page_shares_the_basic_fonts() -> None:
    resources = pdfdoc.PDFResourceDictionary()
    resources.basicFonts()

    assert resources.Font.name == "BasicFonts"


def test_annotations_are_objects_that_format_themselves() -> None:
    source = inspect.getsource(Canvas._addAnnotation)

    assert list(inspect.signature(Canvas._addAnnotation).parameters)[1] == "annotation"
    assert "addAnnotation" in source
    assert "element.format(document)" in inspect.getsource(pdfdoc.format)


def test_pictures_are_read_from_pillow_and_from_files() -> None:
    source = inspect.getsource(ImageReader.__init__)

    assert "_isPILImage(fileName)" in source
    assert "jpeg_fh" in source
    assert hasattr(rl_config, "useA85")
