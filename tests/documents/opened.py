"""Made documents, opened again by other programs than those that wrote them."""

import zipfile
from io import BytesIO

from pypdf import PdfReader


def everything(form: str, made: bytes) -> str:
    """Return all that a file holds, packed or not, as one text."""
    if form in {"docx", "xlsx"}:
        with zipfile.ZipFile(BytesIO(made)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
        return "\n".join(part.decode("utf-8", "replace") for part in parts)
    if form == "pdf":
        reader = PdfReader(BytesIO(made))
        told = [page.extract_text() for page in reader.pages]
        return "\n".join([*told, str(reader.metadata), made.decode("latin-1")])
    return made.decode()
