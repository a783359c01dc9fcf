"""Archives (zip), whose faults are all told alike."""

from __future__ import annotations

import struct
import zipfile
from typing import IO


def open_archive(file: IO[bytes]) -> zipfile.ZipFile:
    """Open a zip; raise BadZipFile for one whose list of files is not as it should be.

    >>> import io
    >>> open_archive(io.BytesIO(b"PK")).namelist()
    Traceback (most recent call last):
    zipfile.BadZipFile: File is not a zip file
    """
    try:
        archive = zipfile.ZipFile(file)
    except (OSError, ValueError, NotImplementedError, struct.error) as error:
        raise zipfile.BadZipFile(" ".join(str(error).split())) from error
    if any(one.header_offset < 0 for one in archive.infolist()):
        raise zipfile.BadZipFile("its list of files says that one begins before it does")
    return archive
