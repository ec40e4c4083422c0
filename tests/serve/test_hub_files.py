"""What `rebound hub` writes, and what `rebound doctor` finds."""

from __future__ import annotations

import re
import stat
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rebound_widgets.domain.refused import Refused
from rebound_widgets.serve.hub.doctor import look_at
from rebound_widgets.serve.hub.sign_on import SIGN_ON
from rebound_widgets.serve.hub.spawning import before_spawn
from rebound_widgets.serve.hub.writing import HubChoices, hub_config, write_hub


def choices(folder: Path, **more: Any) -> HubChoices:
    """A publisher's choices, with commands that are there."""
    given = {"rebound": sys.executable, "proxy": sys.executable, "centre_user": "", **more}
    return HubChoices(folder=folder / "etc", state=folder / "state", **given)


@pytest.mark.filterwarnings(
    "ignore:.*Map is deprecated:DeprecationWarning"
)  # ldap3 is older than what it reads with
@pytest.mark.parametrize("sign_on", sorted(SIGN_ON))
def test_every_sign_on_is_read_by_the_authenticator_it_names(tmp_path: Path, sign_on: str) -> None:
    """The written file is Python that JupyterHub loads, and its authenticator knows each setting in it."""
    from jupyterhub.app import JupyterHub
    from traitlets.config import PyFileConfigLoader

    write_hub(choices(tmp_path, sign_on=sign_on))
    config = PyFileConfigLoader("jupyterhub_config.py", str(tmp_path / "etc")).load_config()
    authenticator = JupyterHub(config=config).authenticator_class
    known = set(authenticator.class_trait_names(config=True))
    for cls in authenticator.mro():
        if cls.__name__ in config:
            assert set(config[cls.__name__]) - known == set()
    named = {
        "pam": "PAMAuthenticator",
        "oidc": "GenericOAuthenticator",
        "ldap": "LDAPAuthenticator",
        "lti13": "LTI13Authenticator",
    }
    assert named[sign_on] in {cls.__name__ for cls in authenticator.mro()}


def test_what_is_written_is_nobody_else_s_and_is_never_overwritten(tmp_path: Path) -> None:
    """Secrets are readable by their account alone; what somebody changed in a file stays."""
    written = write_hub(choices(tmp_path))
    assert {0o600} == {stat.S_IMODE(path.stat().st_mode) for path in written}
    written[0].write_text("# mine\n", encoding="utf-8")
    with pytest.raises(Refused, match="what you changed in it stays"):
        write_hub(choices(tmp_path))
    assert "# mine\n" == written[0].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("lab", "student", "counsellor"),
    [
        ("counsellors", ["hosted"], ["hosted", "--desk", "--lab"]),
        ("everybody", ["hosted", "--lab"], ["hosted", "--desk", "--lab"]),
        ("nobody", ["hosted"], ["hosted", "--desk"]),
    ],
)
def test_who_has_jupyterlab_is_as_the_configuration_says(
    tmp_path: Path, lab: str, student: list[str], counsellor: list[str]
) -> None:
    """Counsellors where nothing is said; what the file says is what each server is started with."""
    write_hub(choices(tmp_path, **({} if lab == "counsellors" else {"lab": lab})))
    assert f'lab="{lab}"' in (tmp_path / "etc" / "jupyterhub_config.py").read_text(encoding="utf-8")
    for groups, args in (((), student), (("counsellors",), counsellor), (("caseload-a",), student)):
        user = SimpleNamespace(groups=[SimpleNamespace(name=name) for name in groups])
        spawner = SimpleNamespace(user=user, args=None)
        before_spawn(spawner, counsellors="counsellors", lab=lab)
        assert args == spawner.args


def test_what_cannot_be_meant_is_refused(tmp_path: Path) -> None:
    """An unknown sign-on, and host names for each without an address to put them below."""
    with pytest.raises(Refused, match="There are: pam, oidc, ldap, lti13"):
        hub_config(choices(tmp_path, sign_on="saml"))
    with pytest.raises(Refused, match="counsellors, everybody, nobody; got 'root'"):
        hub_config(choices(tmp_path, lab="root"))
    with pytest.raises(Refused, match="--public"):
        hub_config(choices(tmp_path, subdomains=True))


def test_the_doctor_says_what_to_mend(tmp_path: Path) -> None:
    """A file that others can read, a line to fill in, a command that is not there, a hub that does not answer."""
    write_hub(choices(tmp_path, sign_on="oidc", proxy="no-such-proxy", bind_url="http://127.0.0.1:1"))
    (tmp_path / "etc" / "centre.toml").chmod(0o644)
    said = "\n".join(look_at(tmp_path / "etc"))
    for words in (
        "chmod 600",
        "fill in what stands as FILL IN",
        "The command no-such-proxy is not there",
        "The hub is not reached at http://127.0.0.1:1/hub/health",
        "The desk service is not reached",
    ):
        assert words in said, words


def test_the_doctor_finds_nothing_where_nothing_is(tmp_path: Path) -> None:
    """A fresh hub with systemd has nothing to mend in its files."""
    write_hub(choices(tmp_path, systemd=True))
    assert [] == look_at(tmp_path / "etc", running=False)


def test_people_are_known_by_what_the_provider_says_for_good(tmp_path: Path) -> None:
    """With OpenID Connect the service asks for the subject, may be told it, and what is told is kept under a key."""
    write_hub(choices(tmp_path, sign_on="oidc"))
    config = (tmp_path / "etc" / "jupyterhub_config.py").read_text(encoding="utf-8")
    assert 'subject = "oauth_user.sub"' in (tmp_path / "etc" / "centre.toml").read_text(encoding="utf-8")
    assert '"admin:auth_state"' in config
    keys = re.findall(r'c\.CryptKeeper\.keys = \["([0-9a-f]{64})"\]', config)
    assert 1 == len(keys)
    assert keys[0] not in hub_config(choices(tmp_path / "other", sign_on="oidc"))
    plain = hub_config(choices(tmp_path, sign_on="pam"))
    assert "admin:auth_state" not in plain
    assert "CryptKeeper" not in plain
