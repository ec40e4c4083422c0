"""Recognising folders where a workbook is not safe: network file systems and folders a cloud copies."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path, PurePath, PurePosixPath

from ..domain.refused import Refused

_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|9p|afs|afpfs|ncpfs|webdav|davfs2?|ceph|lustre|glusterfs|beegfs|gpfs|ocfs2|gfs2|coda"
    r"|fuse\.(sshfs|rclone|davfs2?|gvfsd-fuse|glusterfs|ceph|smbnetfs|curlftpfs|s3fs|goofys|gcsfuse|vmhgfs-fuse)"
    r"|sshfs|macfuse_sshfs|osxfuse_sshfs|vboxsf|vmhgfs|drvfs",
    re.IGNORECASE,
)
_CLOUDS = (
    ("Dropbox", re.compile(r"dropbox( \(.*\))?", re.IGNORECASE)),
    ("OneDrive", re.compile(r"onedrive([ -].*)?", re.IGNORECASE)),
    ("iCloud", re.compile(r"icloud ?drive|icloud|mobile documents|com~apple~.*", re.IGNORECASE)),
    ("Google Drive", re.compile(r"google ?drive([ -].*)?|my drive", re.IGNORECASE)),
    ("Nextcloud", re.compile(r"nextcloud\d*|owncloud", re.IGNORECASE)),
    ("pCloud", re.compile(r"pcloud ?drive", re.IGNORECASE)),
    ("MEGA", re.compile(r"mega(sync)?", re.IGNORECASE)),
    ("Box", re.compile(r"box(-box| sync)", re.IGNORECASE)),
    # macOS keeps every provider's folder in here.
    ("a cloud service", re.compile(r"cloudstorage", re.IGNORECASE)),
)
_MARKERS = (
    ("Dropbox", re.compile(r"\.dropbox(\.cache)?")),
    ("OneDrive", re.compile(r"\.849C9593-D756-4E56-8D6E-42412F2A707B")),
    ("Google Drive", re.compile(r"\.tmp\.drive(download|upload)")),
    ("Nextcloud", re.compile(r"\.?_?\.?sync_[0-9a-f]+\.db|\.(nextcloud|owncloud)sync\.log")),
    ("Syncthing", re.compile(r"\.stfolder")),
    ("MEGA", re.compile(r"\.megaignore")),
)

_ON_NETWORK = (
    "Your workbook lies in {folder}, on a network file system ({network}). There two windows can damage it, "
    "and a save may be lost with the connection. Close Rebound, move the folder to a disk of this computer, "
    "and name it with REBOUND_HOME. A backup may be copied to the network."
)
_IN_CLOUD = (
    "Your workbook lies in {folder}, which {cloud} copies elsewhere. A copy made in the middle of a save can "
    "be damaged, and your words leave this computer. Close Rebound, move the folder out of there, and name "
    "it with REBOUND_HOME. A backup may be put there if you want a copy elsewhere."
)


def concerns(folder: PurePath, mounts: str, neighbours: Iterable[str] = ()) -> list[Refused]:
    """Why ``folder`` is a risky place for a workbook, with the way out; empty when nothing speaks against it.

    These are not raised: the workbook opens, and the person is told.

    Args:
        folder: The absolute folder of the workbook.
        mounts: The table of mounted file systems, as in ``/proc/mounts`` or as ``mount`` prints it.
        neighbours: Names of files in the folder and in the folders above it.
    """
    found = []
    if network := network_type(folder, mounts):
        found.append(Refused("folder-on-network", _ON_NETWORK, folder=folder, network=network))
    if cloud := cloud_name(folder, neighbours):
        found.append(Refused("folder-in-cloud", _IN_CLOUD, folder=folder, cloud=cloud))
    return found


def network_type(folder: PurePath, mounts: str) -> str | None:
    """The type of the network file system ``folder`` is on, or ``None`` for a disk of this computer."""
    if str(folder).startswith("\\\\") or str(folder).startswith("//"):
        return "a shared folder of Windows"
    best: tuple[int, str] = (0, "")
    for line in mounts.splitlines():
        place, kind = _mount(line)
        if place is not None and folder.is_relative_to(place) and len(place.parts) >= best[0]:
            # Of two mounts in one place the later one is what is seen.
            best = len(place.parts), kind
    return best[1] if _NETWORK.fullmatch(best[1]) else None


def _mount(line: str) -> tuple[PurePosixPath | None, str]:
    printed = re.fullmatch(r".+ on (?P<place>/.*) \((?P<kind>[^,)]+).*\)", line)
    if printed:
        return PurePosixPath(printed["place"]), printed["kind"]
    columns = line.split()
    if len(columns) < 3 or not columns[1].startswith("/"):
        return None, ""
    place = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), columns[1])
    return PurePosixPath(place), columns[2]


def cloud_name(folder: PurePath, neighbours: Iterable[str] = ()) -> str | None:
    """The service that copies ``folder`` elsewhere, by the folder's path and by marker files near it."""
    for part in folder.parts:
        for name, pattern in _CLOUDS:
            if pattern.fullmatch(part):
                return name
    for neighbour in neighbours:
        for name, pattern in _MARKERS:
            if pattern.fullmatch(neighbour):
                return name
    return None


def concerns_about(folder: Path) -> list[Refused]:
    """``concerns`` of a folder on this computer."""
    place = folder.expanduser().resolve()
    return concerns(place, _mount_table(), _names_near(place))


def _mount_table() -> str:
    if sys.platform == "darwin":
        told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False)
        return told.stdout
    try:
        return Path("/proc/mounts").read_text("utf-8", "surrogateescape")
    except OSError:
        return ""


def _names_near(folder: Path) -> list[str]:
    """Names beginning with a dot in the folder and in the folders above it."""
    names = []
    for place in (folder, *folder.parents):
        try:
            names += [found.name for found in place.glob(".*")]
        except OSError:
            continue
    return names
