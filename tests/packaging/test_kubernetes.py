"""What lies in deploy: values that the chart takes, a hub like that of one machine, and a service they lead to."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML
from traitlets.config import Config

from rebound_widgets.serve.hub.kubernetes import kubernetes_values
from rebound_widgets.serve.hub.sign_on import SIGN_ON
from rebound_widgets.serve.hub.spawning import before_spawn
from rebound_widgets.serve.hub.writing import HubChoices, hub_config

from .chart_keys import CHART


@pytest.fixture(scope="module")
def values(root: Path) -> Any:
    """The values, read."""
    return plain(YAML(typ="safe").load(root / "deploy" / "kubernetes" / "values.yaml"))


@pytest.fixture(scope="module")
def centre(root: Path) -> dict[str, Any]:
    """What the cluster is told of the desk service, by kind."""
    found = YAML(typ="safe").load_all(root / "deploy" / "kubernetes" / "centre.yaml")
    return {one["kind"]: one for one in found}


def plain(found: Any) -> Any:
    """Without YAML's own kinds."""
    return json.loads(json.dumps(found))


def choices(sign_on: str) -> HubChoices:
    """A publisher's."""
    return HubChoices(folder=Path("/etc/rebound"), state=Path("/var/lib/rebound/hub"), sign_on=sign_on)


def run(text: str) -> Config:
    """The configuration that a text of Python makes, as JupyterHub runs it."""
    config = Config()
    exec(compile(text, "config", "exec"), {"c": config, "get_config": lambda: config})  # noqa: S102 - our own
    return config


def settled(config: Config) -> dict[str, dict[str, Any]]:
    """What is set about signing on; of a function, what it is called and given."""
    return {
        name: {
            key: (value.func.__name__, value.keywords) if isinstance(value, functools.partial) else value
            for key, value in config[name].items()
        }
        for name in config
        if name.endswith("Authenticator")
    }


def on_the_cluster(values: Any) -> Config:
    """The same for the values: the chart's own roles and services first, then ours in the order of their names."""
    config = Config()
    config.JupyterHub.load_roles = [{"name": "the chart's own"}]
    for _, text in sorted(values["hub"]["extraConfig"].items()):
        exec(compile(text, "values", "exec"), {"c": config})  # noqa: S102 - our own
    return config


def test_the_chart_takes_every_value(values: Any) -> None:
    """No key that the chart does not know, no value of another kind; a wrong key would be noticed."""
    checker = Draft7Validator(CHART)
    assert [] == [error.message for error in checker.iter_errors(values)]
    assert not checker.is_valid({**values, "hubb": {}})
    assert not checker.is_valid(
        {**values, "singleuser": {**values["singleuser"], "memory": {"limits": "1G"}}}
    )


@pytest.mark.parametrize("sign_on", sorted(SIGN_ON))
def test_both_hubs_have_one_source(root: Path, sign_on: str) -> None:
    """Groups, scopes, roles, sign-on and limits on a cluster are those that `rebound hub` writes for one machine."""
    if sign_on == "oidc":
        kept = (root / "deploy" / "kubernetes" / "values.yaml").read_text(encoding="utf-8")
        assert kubernetes_values(choices(sign_on)) == kept, "python -m rebound_widgets.serve.hub.kubernetes"
    values = YAML(typ="safe").load(kubernetes_values(choices(sign_on)))
    one, many = run(hub_config(choices(sign_on))), on_the_cluster(values)
    assert [{"name": "the chart's own"}, *one.JupyterHub.load_roles] == many.JupyterHub.load_roles
    for name in ("load_groups", "custom_scopes", "authenticator_class", "implicit_spawn_seconds"):
        assert one.JupyterHub[name] == many.JupyterHub[name]
    assert settled(one) == settled(many)
    assert {"rebound"} == {Path(one.Spawner.cmd[0]).name, *values["singleuser"]["cmd"]}
    assert (one.Spawner.mem_limit, one.Spawner.cpu_limit) == (
        values["singleuser"]["memory"]["limit"],
        values["singleuser"]["cpu"]["limit"],
    )


def test_pages_are_chosen_alike(values: Any) -> None:
    """The function that stands in the values says for everybody what the one of one machine says."""
    hook = on_the_cluster(values).KubeSpawner.pre_spawn_hook
    assert isinstance(hook, functools.partial)
    for groups in ((), ("counsellors",), ("caseload-a",), ("caseload-a", "counsellors")):
        user = SimpleNamespace(groups=[SimpleNamespace(name=name) for name in groups])
        theirs, ours = SimpleNamespace(user=user), SimpleNamespace(user=user)
        hook(theirs)
        before_spawn(ours, counsellors="counsellors", lab="counsellors")
        assert ours.args == theirs.args


def test_everything_leads_to_the_desk_service(values: Any, centre: dict[str, Any]) -> None:
    """Name, port, path, label and secret are the same on both sides, and no password stands in either file."""
    service, pod = centre["Service"], centre["Deployment"]["spec"]["template"]
    name, port = service["metadata"]["name"], service["spec"]["ports"][0]["port"]
    container = pod["spec"]["containers"][0]
    env = {one["name"]: one for one in container["env"]}
    assert f"http://{name}:{port}" == values["hub"]["services"]["centre"]["url"]
    assert f"http://{name}:{port}/services/centre" == values["singleuser"]["extraEnv"]["REBOUND_CENTRE_URL"]
    assert f"http://0.0.0.0:{port}" == env["JUPYTERHUB_SERVICE_URL"]["value"]
    assert "/services/centre/" == env["JUPYTERHUB_SERVICE_PREFIX"]["value"]
    assert (
        f"{env['JUPYTERHUB_SERVICE_PREFIX']['value']}health" == container["readinessProbe"]["httpGet"]["path"]
    )
    token = env["JUPYTERHUB_API_TOKEN"]["valueFrom"]["secretKeyRef"]
    assert {"name": "hub", "key": "hub.services.centre.apiToken"} == token
    label = {"app": pod["metadata"]["labels"]["app"]}
    assert label == service["spec"]["selector"]
    assert label == centre["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"]
    out = values["singleuser"]["networkPolicy"]["egress"][0]
    assert (label, port) == (out["to"][0]["podSelector"]["matchLabels"], out["ports"][0]["port"])
    assert "postgresql" not in json.dumps([plain(values), plain(centre)])


def test_people_s_servers_reach_nothing_else(values: Any) -> None:
    """Not the internet, not other machines of the cluster, not what a cloud tells its machines."""
    rules = values["singleuser"]["networkPolicy"]["egressAllowRules"]
    assert {"nonPrivateIPs": False, "privateIPs": False, "cloudMetadataServer": False} == rules
    assert 1 == len(values["singleuser"]["networkPolicy"]["egress"])
