"""Recognising folders where a workbook is not safe."""

from __future__ import annotations

from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from rebound_widgets.store import concerns, concerns_about

MOUNTS = """\
proc /proc proc rw,nosuid 0 0
/dev/vda / ext4 rw,relatime 0 0
tmpfs /run tmpfs rw 0 0
fileserver:/homes /home nfs4 rw,vers=4.2 0 0
/dev/sdb1 /home/somebody/local\\040disk ext4 rw 0 0
//nas/share /mnt/nas cifs rw 0 0
kim@host:/ /mnt/host fuse.sshfs rw 0 0
drive /mnt/c 9p rw 0 0
portal /run/doc fuse.portal rw 0 0
/dev/fuse /mnt/usb fuseblk rw 0 0
broken line
"""
MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//kim@nas._smb._tcp.local/home on /Volumes/home (smbfs, nodev, nosuid, mounted by kim)
nas:/export on /Volumes/e x (nfs)
"""


def rules(folder: PurePath, mounts: str = MOUNTS, neighbours: tuple[str, ...] = ()) -> list[str]:
    return [concern.rule for concern in concerns(folder, mounts, neighbours)]


@pytest.mark.parametrize(
    ("folder", "mounts"),
    [
        (PurePosixPath("/home/somebody/.local/share/rebound"), MOUNTS),
        (PurePosixPath("/mnt/nas/rebound"), MOUNTS),
        (PurePosixPath("/mnt/host"), MOUNTS),
        (PurePosixPath("/mnt/c/Users/kim"), MOUNTS),
        (PurePosixPath("/Volumes/home/rebound"), MAC),
        (PurePosixPath("/Volumes/e x/rebound"), MAC),
        (PureWindowsPath(r"\\server\share\rebound"), ""),
    ],
)
def test_a_network_file_system_is_said(folder: PurePath, mounts: str) -> None:
    """NFS, CIFS, SMB, sshfs, 9p and shared folders of Windows are recognised, and the way out is named."""
    (concern,) = concerns(folder, mounts)
    assert "folder-on-network" == concern.rule
    assert str(folder) in concern.sentence
    assert "REBOUND_HOME" in concern.sentence


@pytest.mark.parametrize(
    ("folder", "mounts"),
    [
        (PurePosixPath("/srv/rebound"), MOUNTS),
        (PurePosixPath("/home/somebody/local disk/rebound"), MOUNTS),
        (PurePosixPath("/homely/rebound"), MOUNTS),
        (PurePosixPath("/mnt/usb/rebound"), MOUNTS),
        (PurePosixPath("/run/doc"), MOUNTS),
        (PurePosixPath("/Users/you/Library/Application Support/rebound"), MAC),
        (PureWindowsPath(r"D:\you\AppData\Local\rebound"), ""),
        (PurePosixPath("/srv"), ""),
    ],
)
def test_a_disk_of_this_computer_is_no_concern(folder: PurePath, mounts: str) -> None:
    """A local disk below a network home, an USB stick or an unknown table gives no false alarm."""
    assert [] == rules(folder, mounts)


@pytest.mark.parametrize(
    ("folder", "cloud"),
    [
        (PurePosixPath("/srv/Dropbox/rebound"), "Dropbox"),
        (PurePosixPath("/srv/Dropbox (Personal)/rebound"), "Dropbox"),
        (PureWindowsPath(r"D:\you\OneDrive - State University\rebound"), "OneDrive"),
        (PureWindowsPath(r"D:\you\OneDrive\Documents"), "OneDrive"),
        (PurePosixPath("/Users/you/Library/Mobile Documents/com~apple~CloudDocs/rebound"), "iCloud"),
        (PurePosixPath("/Users/you/Library/CloudStorage/GoogleDrive-kim@example.org/My Drive"), "cloud"),
        (PureWindowsPath(r"G:\My Drive\rebound"), "Google Drive"),
        (PurePosixPath("/srv/Nextcloud2/rebound"), "Nextcloud"),
        (PurePosixPath("/srv/ownCloud"), "Nextcloud"),
    ],
)
def test_a_folder_a_cloud_copies_is_said(folder: PurePath, cloud: str) -> None:
    """Dropbox, OneDrive, iCloud, Google Drive and Nextcloud are recognised by the path."""
    (concern,) = concerns(folder, MOUNTS)
    assert "folder-in-cloud" == concern.rule
    assert cloud in concern.sentence
    assert "REBOUND_HOME" in concern.sentence


@pytest.mark.parametrize(
    "marker",
    [
        ".dropbox.cache",
        ".849C9593-D756-4E56-8D6E-42412F2A707B",
        ".tmp.drivedownload",
        ".sync_5f2c3a1b9d0e.db",
        "._sync_5f2c3a1b9d0e.db",
        ".owncloudsync.log",
        ".stfolder",
    ],
)
def test_a_cloud_folder_of_another_name_is_known_by_its_marker(marker: str) -> None:
    """A synchronised folder that was given any other name is recognised by the files its program puts there."""
    assert ["folder-in-cloud"] == rules(PurePosixPath("/srv/my things/rebound"), MOUNTS, (".git", marker))


def test_ordinary_names_are_no_cloud() -> None:
    """A firm called Box, a folder called "megaphone" or ordinary dot files give no false alarm."""
    for folder in ("/srv/box/rebound", "/srv/megaphone", "/srv/drive", "/srv/dropboxes", "/srv/icloudy"):
        assert [] == rules(PurePosixPath(folder), MOUNTS, (".bashrc", ".config", "sync.db"))


def test_both_concerns_are_said_at_once() -> None:
    """A cloud folder on a network file system has both sentences."""
    assert ["folder-on-network", "folder-in-cloud"] == rules(PurePosixPath("/home/somebody/Dropbox/rebound"))


def test_a_folder_on_this_computer_is_looked_at(tmp_path: Path) -> None:
    """The caller looks at this computer's own mounts and at marker files in the folders above."""
    folder = tmp_path / "synchronised" / "deep" / "rebound"
    folder.mkdir(parents=True)
    assert "folder-in-cloud" not in [concern.rule for concern in concerns_about(folder)]
    (tmp_path / "synchronised" / ".stfolder").mkdir()
    assert "folder-in-cloud" in [concern.rule for concern in concerns_about(folder)]
    assert "Syncthing" in concerns_about(folder)[-1].sentence
