"""``rebound app``, ``demo``, ``lab``, ``desk`` and ``serve``: the commands that open a page."""

from __future__ import annotations

import argparse

from .asked import home_of


def app(arguments: argparse.Namespace) -> int:
    """Open the workbook in the browser."""
    from ..serve.launcher import run_app  # noqa: PLC0415 - a command loads what it needs

    if arguments.open is not None:
        from .opening import open_file  # noqa: PLC0415

        open_file(arguments)
    return run_app(
        home_of(arguments),
        port=arguments.port,
        browser=arguments.browser,
        locale=arguments.locale,
        content=arguments.content,
    )


def demo(arguments: argparse.Namespace) -> int:
    """Open an invented person's workbook in a throw-away folder."""
    from ..serve.demo import run_demo  # noqa: PLC0415
    from ..serve.desk import run_demo_desk  # noqa: PLC0415

    given = {name: getattr(arguments, name) for name in ("port", "browser", "locale", "content")}
    if arguments.desk:
        return run_demo_desk(**given)
    return run_demo(**given, name="components" if arguments.components else "workbook")


def desk(arguments: argparse.Namespace) -> int:
    """Open a counsellor's desk in the browser."""
    from ..serve.desk import run_desk  # noqa: PLC0415

    return run_desk(
        arguments.home,
        port=arguments.port,
        browser=arguments.browser,
        locale=arguments.locale,
        content=arguments.content,
    )


def lab(arguments: argparse.Namespace) -> int:
    """Open the notebooks in JupyterLab."""
    from ..serve.lab import run_lab  # noqa: PLC0415

    return run_lab(
        home_of(arguments),
        port=arguments.port,
        browser=arguments.browser,
        locale=arguments.locale,
        content=arguments.content,
    )


def serve(arguments: argparse.Namespace) -> int:
    """Publish the workbook for visitors without accounts."""
    from ..serve.site.running import SiteOptions, run_site, site_folder  # noqa: PLC0415

    return run_site(
        SiteOptions(
            folder=site_folder(arguments.folder),
            port=arguments.port,
            host=arguments.host,
            prefix=arguments.prefix,
            behind_proxy=arguments.behind_proxy,
            locale=arguments.locale,
            content=arguments.content,
            visitors=arguments.visitors,
            group=arguments.group,
        )
    )


def group(arguments: argparse.Namespace) -> int:
    """Lead a session with a group, whose phones join with a code."""
    from ..serve.site.running import SiteOptions, forget_group, group_folder, run_site  # noqa: PLC0415
    from .asked import counted  # noqa: PLC0415

    folder = group_folder(arguments.folder)
    if arguments.forget:
        print(f"{counted(forget_group(folder), 'workbook')} of the last session erased.")
        return 0
    return run_site(
        SiteOptions(
            folder=folder,
            port=arguments.port,
            host=arguments.host,
            locale=arguments.locale,
            content=arguments.content,
            alone=False,
            group=True,
            https=arguments.https,
            browser=arguments.browser,
        )
    )


def hosted(arguments: argparse.Namespace) -> int:
    """Serve one person's workbook under a JupyterHub, which starts this."""
    from ..serve.hosted.running import run_hosted  # noqa: PLC0415

    return run_hosted(
        home_of(arguments),
        desk=arguments.desk,
        lab=arguments.lab,
        locale=arguments.locale,
        content=arguments.content,
    )


def centre(arguments: argparse.Namespace) -> int:
    """Keep what people share under a JupyterHub, which starts this."""
    from ..service.running import run_centre  # noqa: PLC0415

    return run_centre(arguments.config)
