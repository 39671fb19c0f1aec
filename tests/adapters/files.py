"""Small files that are what they seem, and some that are not."""

import struct
import zlib
from hashlib import sha256

from exercise.domain.scenario import Attachment
from exercise.service.papers import Paper

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(name: bytes, body: bytes) -> bytes:
    told = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", told)


def a_png(width: int = 4, height: int = 3, more: bytes = b"") -> bytes:
    """Return a grey picture; `more` are further chunks before its end."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = b"".join(b"\x00" + b"\x80" * width for _ in range(height))
    return (
        SIGNATURE
        + chunk(b"IHDR", head)
        + more
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def a_pdf(text: str = "A note") -> bytes:
    """Return one sheet of paper with a line on it."""
    stream = f"BT /F1 18 Tf 40 80 Td ({text}) Tj ET".encode()
    fonts = b"/Resources<</Font<</F1 5 0 R>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 150]/Contents 4 0 R%s>>" % fonts,
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    size = len(objects) + 1
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, len(body))
    )


def attachment(name: str, data: bytes, alt: str = "What it shows") -> Attachment:
    return Attachment(
        file=name,
        sha256=sha256(data).hexdigest(),
        bytes=len(data),
        alt=alt,
        type="png" if data.startswith(SIGNATURE) else "pdf",
    )


def brought(one: Attachment, data: bytes) -> Paper:
    return Paper(one.sha256, one.name, one.type, data)
