"""Zip files whose bytes depend on their members alone, for DOCX and XLSX."""

import zipfile
from io import BytesIO

# The first day that a zip file can name; the day of packing is nobody's business.
_DAY = (1980, 1, 1, 0, 0, 0)
# Written on a Unix, readable by its owner and everybody.
_UNIX, _MODE = 3, 0o644 << 16


def repacked(made: bytes) -> bytes:
    """Return a zip file with its members sorted and dated alike."""
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(made)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(source.namelist()):
            member = zipfile.ZipInfo(name, _DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system, member.external_attr = _UNIX, _MODE
            target.writestr(member, source.read(name))
    return packed.getvalue()
