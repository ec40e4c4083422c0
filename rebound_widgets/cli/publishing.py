"""``rebound hub`` and ``rebound doctor``: a JupyterHub for many, written and looked at."""

from __future__ import annotations

import argparse
import sys


def hub(arguments: argparse.Namespace) -> int:
    """Write the files of a JupyterHub."""
    from ..serve.hub.writing import HubChoices, write_hub  # noqa: PLC0415 - a command loads what it needs

    folder = arguments.folder.absolute()
    choices = HubChoices(
        folder=folder,
        state=arguments.state,
        sign_on=arguments.sign_on,
        database=arguments.database,
        public_url=arguments.public,
        subdomains=arguments.subdomains,
        systemd=arguments.systemd,
        centre_user=arguments.centre_user,
        lab=arguments.lab,
    )
    for path in write_hub(choices):
        print(f"Written: {path}")
    print(f"Then: rebound doctor {folder}")
    return 0


def doctor(arguments: argparse.Namespace) -> int:
    """Say what is to be mended in a deployment."""
    from ..serve.hub.doctor import look_at  # noqa: PLC0415

    found = look_at(arguments.folder.absolute(), running=not arguments.files)
    for sentence in found:
        print(sentence, file=sys.stderr)
    if not found:
        print("Nothing is to be mended.")
    return 1 if found else 0
