"""What makes a file an archive's: its metadata, and what its colours mean.

ISO 19005-2 (PDF/A-2, level a) and ISO 14289-1 (PDF/UA-1) are claimed in the metadata;
the tests have both claims judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from handouts.pdf.file import FileObjects, deflated
from handouts.pdf.info import PdfInfo, xmp_date

__all__ = ["add_archive", "metadata"]

_CONDITION: Final = "sRGB IEC61966-2.1"
_NAMESPACE: Final = "urn:handouts:edition:1"
_NAMESPACES: Final = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    "edition": _NAMESPACE,
}


def add_archive(objects: FileObjects, info: PdfInfo) -> tuple[str, str]:
    """Add the metadata and the output intent; return both as the catalog names them.

    The metadata stay uncompressed: what knows nothing of PDF can find them.
    """
    described = objects.add_stream("/Type /Metadata /Subtype /XML", metadata(info))
    profile = objects.add_stream("/N 3 /Filter /FlateDecode", _profile())
    return described, (
        f"[<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier ({_CONDITION}) "
        f"/Info ({_CONDITION}) /DestOutputProfile {profile}>>]"
    )


@cache
def _profile() -> bytes:
    return deflated((files("handouts.pdf") / "srgb.icc").read_bytes())


def metadata(info: PdfInfo) -> bytes:
    """Return the XMP packet (ISO 16684-1) that says what `info` says."""
    namespaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in _NAMESPACES.items())
    return "\n".join(
        (
            '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
            '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
            f"<rdf:RDF {namespaces.partition(' ')[0]}>",
            f'<rdf:Description rdf:about="" {namespaces.partition(" ")[2]}>',
            *_properties(info),
            *_extensions(info),
            "</rdf:Description>",
            "</rdf:RDF>",
            "</x:xmpmeta>",
            '<?xpacket end="r"?>',
        )
    ).encode("utf-8")


def _properties(info: PdfInfo) -> Iterator[str]:
    yield "<pdfaid:part>2</pdfaid:part>"
    yield "<pdfaid:conformance>A</pdfaid:conformance>"
    yield "<pdfuaid:part>1</pdfuaid:part>"
    yield "<dc:format>application/pdf</dc:format>"
    yield f"<dc:title>{_alternatives(info.title)}</dc:title>"
    yield f"<dc:language><rdf:Bag><rdf:li>{info.lang}</rdf:li></rdf:Bag></dc:language>"
    if info.author:
        names = f"<rdf:Seq><rdf:li>{_escaped(info.author)}</rdf:li></rdf:Seq>"
        yield f"<dc:creator>{names}</dc:creator>"
    if info.subject:
        yield f"<dc:description>{_alternatives(info.subject)}</dc:description>"
    if info.created:
        yield f"<xmp:CreateDate>{xmp_date(info.created)}</xmp:CreateDate>"
        yield f"<xmp:ModifyDate>{xmp_date(info.created)}</xmp:ModifyDate>"
        yield f"<xmp:MetadataDate>{xmp_date(info.created)}</xmp:MetadataDate>"
    yield f"<xmp:CreatorTool>{_escaped(info.creator)}</xmp:CreatorTool>"
    yield f"<pdf:Producer>{_escaped(info.producer)}</pdf:Producer>"
    if info.keywords:
        yield f"<pdf:Keywords>{_escaped(', '.join(info.keywords))}</pdf:Keywords>"
    for name, value in info.edition:
        if value:
            yield f"<edition:{name}>{_escaped(value)}</edition:{name}>"


def _escaped(text: str) -> str:
    """Return `text` as XML content; the standard library's would load a web client."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _alternatives(text: str) -> str:
    item = f'<rdf:li xml:lang="x-default">{_escaped(text)}</rdf:li>'
    return f"<rdf:Alt>{item}</rdf:Alt>"


def _extensions(info: PdfInfo) -> Iterator[str]:
    """Describe the properties that XMP does not know (ISO 19005-2 6.6.2.3.3)."""
    yield "<pdfaExtension:schemas><rdf:Bag>"
    universal = ("part", "Integer", "Part of ISO 14289 that the file follows")
    yield from _schema("PDF/UA", _NAMESPACES["pdfuaid"], "pdfuaid", [universal])
    own = [
        (name, "Text", f"{name} of the edition") for name, value in info.edition if value
    ]
    if own:
        yield from _schema("Edition", _NAMESPACE, "edition", own)
    yield "</rdf:Bag></pdfaExtension:schemas>"


def _schema(
    title: str, uri: str, prefix: str, properties: Iterable[tuple[str, str, str]]
) -> Iterator[str]:
    yield '<rdf:li rdf:parseType="Resource">'
    yield f"<pdfaSchema:schema>{title}</pdfaSchema:schema>"
    yield f"<pdfaSchema:namespaceURI>{uri}</pdfaSchema:namespaceURI>"
    yield f"<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
    yield "<pdfaSchema:property><rdf:Seq>"
    for name, kind, description in properties:
        yield '<rdf:li rdf:parseType="Resource">'
        yield f"<pdfaProperty:name>{name}</pdfaProperty:name>"
        yield f"<pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
        yield "<pdfaProperty:category>internal</pdfaProperty:category>"
        yield f"<pdfaProperty:description>{description}</pdfaProperty:description>"
        yield "</rdf:li>"
    yield "</rdf:Seq></pdfaSchema:property></rdf:li>"
