"""The values for Zero to JupyterHub: the hub of many machines, from the same source as the hub of one."""

from __future__ import annotations

import sys
from pathlib import Path
from string import Template
from textwrap import indent

from .sign_on import SIGN_ON
from .writing import HubChoices, owner_config, roles_config

_TEMPLATE = Path(__file__).with_name("values.txt")
_SPAWNING = Path(__file__).with_name("spawning.py")
_SAME_PERSON = Path(__file__).with_name("same_person.py")


def kubernetes_values(choices: HubChoices) -> str:
    """What stands in ``deploy/kubernetes/values.yaml``.

    The hub's image of the chart knows nothing of Rebound, so what it runs when somebody signs on and when a server
    starts stands in the values as it stands in ``same_person.py`` and ``spawning.py``.
    """
    owner = owner_config(choices.sign_on).replace("same_person.same_person", "same_person")
    who = SIGN_ON[choices.sign_on]
    if owner:
        who += f"import functools\n{_code(_SAME_PERSON)}\n\n{owner}"
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        cpus=choices.cpus,
        lab=choices.lab,
        memory_mb=choices.memory_mb,
        roles=_below(roles_config(choices.sign_on)),
        sign_on=_below(who),
        spawning=_below(_code(_SPAWNING)),
    )


def _code(path: Path) -> str:
    """What a module is made of, below its first sentence."""
    return path.read_text(encoding="utf-8").partition("from __future__ import annotations\n\n")[2]


def _below(text: str) -> str:
    """A text as a block of YAML under a key of the third level."""
    return indent(text.rstrip(), "      ")


if __name__ == "__main__":
    nowhere = Path()
    sys.stdout.write(kubernetes_values(HubChoices(folder=nowhere, state=nowhere, sign_on="oidc")))
