"""Files as bytes, for sending them to a worker and back: the same bytes for the same files."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from analysis.errors import AnalysisError
from analysis.manifest import contents

MOST_BYTES = 1_000_000_000


class BadParcel(AnalysisError):
    """What was sent is not what was packed."""


def packed(files: Mapping[str, Path]) -> bytes:
    """Files, by the name that each has in the parcel."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, path in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def packed_folder(folder: Path) -> bytes:
    """Every file below a folder."""
    return packed({name: folder / name for name, _ in contents(folder)})


def unpack(parcel: bytes, folder: Path) -> None:
    """Write the files of a parcel below a folder, never above it. Raises BadParcel, OSError."""
    try:
        with zipfile.ZipFile(io.BytesIO(parcel)) as archive:
            if sum(each.file_size for each in archive.infolist()) > MOST_BYTES:
                raise BadParcel(f"a parcel of more than {MOST_BYTES} bytes")
            archive.extractall(folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise BadParcel(f"a parcel was damaged on its way: {error}") from error
