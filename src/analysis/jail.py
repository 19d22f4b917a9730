"""A room without doors for code that nobody trusts; run as a script, in namespaces of its own.

Started by ``isolation`` through ``unshare`` (network, processes, mounts, messages), it builds a root that holds Python
and the libraries of the system, read-only, and a folder of a few megabytes; goes in, gives up every right, takes
limits on itself, and becomes Python running ``learner_run``. What is not in that root cannot be read or written:
neither the key, nor other learners' work, nor anything of the machine. Standard library only, no other module of ours.
"""

import ctypes
import json
import os
import resource
import sys
from pathlib import Path

READ_ONLY, NO_SUID, NO_DEVICES, REMOUNT, BIND = 1, 2, 4, 32, 4096
NO_NEW_RIGHTS, DROP_BOUND, LAST_RIGHT = 38, 24, 63
LIBRARIES = ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/dev/null")
WORK_BYTES, WORK_FILES = 16_000_000, 1000
_libc = ctypes.CDLL(None, use_errno=True)


def main() -> None:
    """Read the limits, build the room, go in, and become the learner's Python."""
    asked = json.loads(sys.argv[1])
    try:
        room(Path(asked["room"]), asked["libraries"])
        give_up_rights(asked["user"])
    except OSError as error:
        os.write(1, json.dumps({"jail": f"{error.strerror}: {error.filename or ''}"}).encode())
        os._exit(1)
    limit(asked)
    os.execve(asked["python"], [asked["python"], "-I", "-S", "-c", asked["code"]], asked["environment"])


def room(root: Path, libraries: list[str]) -> None:
    """A root of its own at ``root``, an empty folder."""
    mount("tmpfs", root, "tmpfs", NO_SUID | NO_DEVICES, "size=1000000,mode=755")
    for each in map(Path, libraries):
        inside = root / each.relative_to("/")
        inside.parent.mkdir(parents=True, exist_ok=True)
        if each.is_symlink():
            inside.symlink_to(os.readlink(each))
            continue
        inside.mkdir(exist_ok=True) if each.is_dir() else inside.touch()
        mount(str(each), inside, "", BIND, "")
        mount("", inside, "", BIND | REMOUNT | READ_ONLY | NO_SUID | kept(inside), "")
    work = root / "work"
    work.mkdir()
    mount("tmpfs", work, "tmpfs", NO_SUID | NO_DEVICES, f"size={WORK_BYTES},nr_inodes={WORK_FILES},mode=777")
    mount("", root, "", REMOUNT | READ_ONLY | NO_SUID | NO_DEVICES, "")
    os.chroot(root)
    os.chdir("/work")


def kept(path: Path) -> int:
    """What a mount of the system forbids, which nobody may loosen: the flags of statvfs and mount are the same here."""
    return os.statvfs(path).f_flag & (NO_SUID | 1 << 3 | 1 << 10 | 1 << 11)


def mount(source: str, target: Path, kind: str, flags: int, data: str) -> None:
    """Mount, or raise OSError with the name of the place."""
    if _libc.mount(source.encode(), os.fsencode(target), kind.encode(), flags, data.encode()):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(target))


def give_up_rights(user: int) -> None:
    """No capability is left, and none can come back; ``user`` is nobody else's number, or 0 to keep the own."""
    for right in range(LAST_RIGHT + 1):
        _libc.prctl(DROP_BOUND, right, 0, 0, 0)
    if user:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    head, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    if _libc.capset(ctypes.byref(head), ctypes.byref(data)):
        raise OSError(ctypes.get_errno(), "cannot give up rights")
    _libc.prctl(NO_NEW_RIGHTS, 1, 0, 0, 0)


def limit(asked: dict) -> None:
    """Limits that a process and its children cannot lift."""
    for name, value in (
        ("CPU", int(asked["seconds"])),
        ("AS", asked["memory"]),
        ("NPROC", asked["processes"]),
        ("FSIZE", WORK_BYTES),
        ("NOFILE", 64),
        ("CORE", 0),
    ):
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))


if __name__ == "__main__":
    main()
