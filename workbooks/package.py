"""An .xlsx file as its parts: read whole and within bounds, written whole; untouched parts keep their bytes."""

from __future__ import annotations

import os
import tempfile
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from shared.problems import Code, Refused
from workbooks import words
from workbooks.refusing import a_folder, not_read, not_written, unreadable

MAX_BYTES = 200_000_000  # unpacked; a class workbook has 2 million
MAX_PARTS = 5_000
_OLE = b"\xd0\xcf\x11\xe0"
_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass
class Package:
    """The parts of a file by name, in the order of the archive."""

    parts: dict[str, bytes]
    kinds: dict[str, int] = field(default_factory=dict)  # how each part was compressed
    changed: set[str] = field(default_factory=set)

    def put(self, name: str, data: bytes) -> None:
        """Replace or add a part."""
        if self.parts.get(name) != data:
            self.parts[name] = data
            self.changed.add(name)

    def drop(self, name: str) -> None:
        """Take a part out."""
        if self.parts.pop(name, None) is not None:
            self.changed.add(name)

    def pack(self, method: int | None = None) -> bytes:
        """The archive: fixed dates, so that equal parts give equal bytes."""
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, data in self.parts.items():
                info = zipfile.ZipInfo(name, _DATE)
                info.external_attr = 0o600 << 16
                kind = self.kinds.get(name, zipfile.ZIP_DEFLATED)
                archive.writestr(info, data, method if method is not None else kind)
        return buffer.getvalue()


def load(path: Path) -> Package:
    """The parts of the file; `Refused` for whatever is no .xlsx, is missing, broken or far too big."""
    try:
        if path.is_dir():
            raise unreadable(str(path), words.NOT_A_FILE, words.HINT_FILE_NAME)
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Refused(Code.FILE_MISSING, file=str(path)) from error
    except OSError as error:
        raise not_read(path, error) from error
    return unpack(data, str(path))


def unpack(data: bytes, file: str) -> Package:
    """The parts of an archive in memory."""
    if not data:
        raise unreadable(file, words.EMPTY_FILE)
    if data.startswith(_OLE):
        raise unreadable(file, words.ENCRYPTED)
    if not data.startswith(b"PK"):
        raise unreadable(file, words.NOT_A_ZIP)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _parts(archive, file)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError) as error:
        raise unreadable(file, words.TRUNCATED) from error


def _parts(archive: zipfile.ZipFile, file: str) -> Package:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_BYTES:
        raise unreadable(file, words.TOO_BIG)
    parts = {info.filename.replace("\\", "/").lstrip("/"): archive.read(info) for info in infos}
    kinds = {name: info.compress_type for name, info in zip(parts, infos, strict=False)}
    return Package(parts, kinds)


def store(path: Path, data: bytes, *, mode: int | None = None) -> None:
    """Put the bytes in the file's place, whole or not at all; a refusal leaves what was there."""
    target = path.resolve()
    if target.is_dir():
        raise a_folder(path)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".kqht-", suffix=".tmp")
    except OSError as error:
        raise not_written(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode if mode is not None else 0o666 & ~_umask())
        temporary.replace(target)
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
