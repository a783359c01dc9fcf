"""What a machine refuses, in words that say what to do about it."""

from __future__ import annotations

import errno
import os

#: Fault of a machine, not of the program → what to do about it.
ADVICE = {
    errno.ENOSPC: "make room on that disk, then run it again",
    errno.EDQUOT: "your share of that disk is full: make room, then run it again",
    errno.EFBIG: "the file may not grow so large: raise the limit (ulimit -f), or write elsewhere",
    errno.EROFS: "nothing can be written there; name another place",
    errno.EACCES: "you may not; change its permissions, or name another place",
    errno.EPERM: "you may not; change its permissions, or name another place",
    errno.EBUSY: "it is in use; try again, or name another place",
    errno.EMFILE: "too many files are open; raise the limit (ulimit -n)",
    errno.ENFILE: "too many files are open on this machine; close some programs",
    errno.ENOMEM: "close other programs, or give it more memory",
    errno.EIO: "the disk does not answer as it should; look after it",
    errno.ENAMETOOLONG: "give it a shorter name",
    errno.ELOOP: "its links lead in a circle; mend them",
    errno.ESTALE: "the network's disk was changed meanwhile; try again",
    errno.ENOTDIR: "a file stands where a folder should; name another place",
    errno.EISDIR: "a folder; name a file in it",
    errno.EBADF: "it is closed; open it, or name a file with --output",
}
#: What a database says in words only → which fault it is.
WORDS = {
    "No space left": errno.ENOSPC, "Read-only file system": errno.EROFS,
    "Permission denied": errno.EACCES, "Disk quota": errno.EDQUOT, "File too large": errno.EFBIG,
    "Too many open files": errno.EMFILE, "Input/output error": errno.EIO,
}  # fmt: skip


def tell_fault(error: OSError) -> str:
    """Return what went wrong and, where that is known, what to do, in one line.

    >>> tell_fault(OSError(errno.ENOSPC, "No space left on device"))
    'No space left on device; make room on that disk, then run it again'
    >>> tell_fault(OSError("IO error: Permission denied: x.sst")).partition(";")[0]
    'Permission denied'
    """
    number = find_number(error)
    known = os.strerror(number) if number else str(error)
    said = " ".join((error.strerror or known).split()) or type(error).__name__
    advice = ADVICE.get(number, "check the name" if number == errno.ENOENT else "")
    return f"{said}; {advice}" if advice else said


def find_number(error: OSError) -> int:
    """Return the number of a fault, 0 of one that has none.

    >>> find_number(OSError("IO error: No space left on device: x.sst")) == errno.ENOSPC
    True
    """
    words = str(error)
    return error.errno or next((number for word, number in WORDS.items() if word in words), 0)


def is_machines(error: OSError) -> bool:
    """Tell whether a fault is the machine's, such as a full disk, and none of the program.

    >>> is_machines(OSError(errno.EROFS, "")), is_machines(FileNotFoundError(errno.ENOENT, ""))
    (True, False)
    """
    return find_number(error) in ADVICE


def name_place(error: OSError) -> str:
    """Return the file that a fault is about, as somebody called it, or ''.

    >>> name_place(OSError(errno.EROFS, "Read-only file system", "a.ttl"))
    'a.ttl'
    """
    return os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
