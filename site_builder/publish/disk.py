"""Every effect publishing has on the file system, behind one small face: tests replace it to crash at any step."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

FILE_MODE = 0o644
FOLDER_MODE = 0o755
LOCK_MODE = 0o600

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class Kind(Enum):
    """What a name in a folder stands for. Links are themselves: they are never followed."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "symbolic link"
    OTHER = "special file"


@dataclass(frozen=True, slots=True)
class Entry:
    """A name in a folder: size in bytes, mode the permission bits."""

    kind: Kind
    size: int
    mode: int


class Disk:
    """The real file system. Every method does one thing and raises OSError when the system refuses it."""

    def look(self, path: Path) -> Entry | None:
        """What stands at the path, links not followed; None when nothing does."""
        try:
            return _entry(path.lstat())
        except (FileNotFoundError, NotADirectoryError):
            return None

    def tree(self, folder: Path) -> dict[str, Entry]:
        """Everything below a folder by its path from there ("/" between parts), folders before what is in them."""
        found: dict[str, Entry] = {}
        pending = [""]
        while pending:
            prefix = pending.pop()
            with os.scandir(folder / prefix) as names:
                for name in names:
                    entry = _entry(name.stat(follow_symlinks=False))
                    found[prefix + name.name] = entry
                    if entry.kind is Kind.FOLDER:
                        pending.append(f"{prefix}{name.name}/")
        return found

    def read(self, path: Path) -> bytes:
        """The bytes of a regular file; a link in its place is an error."""
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:  # noqa: PTH123 - Path cannot refuse links
            return file.read()

    def write(self, path: Path, content: bytes) -> None:
        """Create a file, readable for all whatever the umask. Never overwrites."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        with open(descriptor, "wb", buffering=0) as file:  # noqa: PTH123 - Path cannot create exclusively with a mode
            os.fchmod(descriptor, FILE_MODE)
            rest = memoryview(content)
            while rest:
                rest = rest[file.write(rest) :]

    def mkdir(self, folder: Path) -> None:
        """Create a folder, open to all readers whatever the umask. Its parent exists, it does not."""
        folder.mkdir()
        folder.chmod(FOLDER_MODE)

    def link(self, existing: Path, path: Path) -> bool:
        """Give a file a second name; False where the file system or its rules do not let us."""
        try:
            os.link(existing, path, follow_symlinks=False)
        except OSError as error:
            if error.errno in _NO_LINKS:
                return False
            raise
        return True

    def rename(self, source: Path, target: Path) -> None:
        """Move a folder to a free name in the same parent."""
        source.rename(target)

    def exchange(self, one: Path, other: Path) -> bool:
        """Let two folders swap names in one step; False where kernel, library or file system cannot."""
        import ctypes

        try:
            renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
        except AttributeError:
            return False
        if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
            return True
        code = ctypes.get_errno()
        if code in _NO_EXCHANGE:
            return False
        raise OSError(code, os.strerror(code), str(one))

    def remove(self, path: Path) -> None:
        """Delete a file or a link, not what the link points at."""
        path.unlink()

    def rmdir(self, folder: Path) -> None:
        """Delete an empty folder."""
        folder.rmdir()

    def sync(self, path: Path) -> None:
        """Wait until a file, or the names in a folder, would survive a power cut."""
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def sync_tree(self, folder: Path) -> None:
        """Wait until a folder and all in it would survive a power cut.

        One syncfs for the whole file system: 3,000 new files take 20 ms so, 900 ms with an fsync for each.
        """
        import ctypes

        descriptor = os.open(folder, os.O_RDONLY)
        try:
            if ctypes.CDLL(None).syncfs(descriptor) == 0:
                return
        except AttributeError:
            pass  # not Linux: one by one
        finally:
            os.close(descriptor)
        for path in [*self.tree(folder), "."]:
            self.sync(folder / path)

    def lock(self, path: Path) -> int | None:
        """Take a lock file and return its descriptor; None when another process has it.

        The kernel frees the lock of a process that dies; the file it leaves is taken over.
        """
        while True:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, LOCK_MODE)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if _names(path, descriptor):
                    return descriptor
            except BlockingIOError:
                os.close(descriptor)
                return None
            except OSError:
                os.close(descriptor)
                raise
            os.close(descriptor)  # its owner deleted it between our open and our lock: try the next one

    def unlock(self, path: Path, descriptor: int) -> None:
        """Delete the lock file and give the lock back, in this order: nobody may lock a name that is going."""
        try:
            path.unlink(missing_ok=True)
        finally:
            os.close(descriptor)

    def is_mount(self, folder: Path) -> bool:
        """Whether another file system begins here: such a folder cannot be renamed."""
        return os.path.ismount(folder)

    def real(self, path: Path) -> Path:
        """The absolute path with links followed, as far as it exists."""
        return Path(os.path.realpath(path))

    def occupied(self) -> tuple[tuple[Path, str], ...]:
        """Folders that must neither be swapped nor lie in one that is, each with what it is to the user."""
        home = os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises where there is none
        found = [(self.real(Path(home)), "your home folder")]
        with suppress(FileNotFoundError):  # the folder we were started in is gone already
            found.append((Path.cwd(), "the folder you are in"))
        return tuple(found)


# What link() says on file systems without hard links, across file systems, at the limit of links, and for files of
# another owner (fs.protected_hardlinks).
_NO_LINKS = frozenset({errno.EPERM, errno.EACCES, errno.EXDEV, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL})
# What renameat2() says on old kernels, on file systems without exchange, and under a container's system call filter.
_NO_EXCHANGE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM})


def _entry(found: os.stat_result) -> Entry:
    return Entry(_KINDS.get(stat.S_IFMT(found.st_mode), Kind.OTHER), found.st_size, stat.S_IMODE(found.st_mode))


_KINDS = {stat.S_IFREG: Kind.FILE, stat.S_IFDIR: Kind.FOLDER, stat.S_IFLNK: Kind.LINK}


def _names(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.lstat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False
