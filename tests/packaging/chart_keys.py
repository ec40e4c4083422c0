"""What the schema of Zero to JupyterHub's chart allows of what our values use, written down as facts.

Read from ``jupyterhub/values.schema.yaml`` of jupyterhub/zero-to-jupyterhub-k8s at 02dd73df01bd; no text of it is
copied. Where that schema takes no other keys, neither does this; where it takes any, this asks for the form alone.
"""

from __future__ import annotations

from typing import Any

TEXT: dict[str, Any] = {"type": "string"}
TEXTS: dict[str, Any] = {"type": "object", "additionalProperties": TEXT}
FREE: dict[str, Any] = {"type": "object"}
MAYBE_TEXT: dict[str, Any] = {"type": ["string", "null"]}


def only(required: tuple[str, ...] = (), **keys: dict[str, Any]) -> dict[str, Any]:
    """An object with these keys and no others."""
    return {
        "type": "object",
        "properties": keys,
        "required": list(required),
        "additionalProperties": False,
    }


FLAG: dict[str, Any] = {"type": "boolean"}
RULES = only(
    enabled=FLAG,
    ingress={"type": "array"},
    egress={"type": "array"},
    egressAllowRules=only(
        cloudMetadataServer=FLAG,
        dnsPortsCloudMetadataServer=FLAG,
        dnsPortsKubeSystemNamespace=FLAG,
        dnsPortsPrivateIPs=FLAG,
        nonPrivateIPs=FLAG,
        privateIPs=FLAG,
    ),
)
NUMBER: dict[str, Any] = {"type": ["number", "null"]}
AMOUNT: dict[str, Any] = {"type": ["number", "string", "null"]}
IMAGE = only(
    ("name", "tag"),
    name=TEXT,
    tag=TEXT,
    pullPolicy={"enum": [None, "", "IfNotPresent", "Always", "Never"]},
    pullSecrets={"type": "array"},
)
CHART = only(
    hub=only(
        services={
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "properties": {"url": TEXT, "name": TEXT, "apiToken": MAYBE_TEXT},
            },
        },
        extraConfig=FREE,
        networkPolicy=RULES,
        loadRoles=FREE,
        config=FREE,
    ),
    singleuser=only(
        image=IMAGE,
        cmd={"type": ["array", "string", "null"]},
        defaultUrl=MAYBE_TEXT,
        extraEnv={"type": ["object", "array"]},
        extraLabels=TEXTS,
        memory=only(limit=AMOUNT, guarantee=AMOUNT),
        cpu=only(limit=NUMBER, guarantee=NUMBER),
        uid={"type": ["integer", "null"]},
        fsGid={"type": ["integer", "null"]},
        startTimeout={"type": ["integer", "null"]},
        storage=only(
            ("type", "homeMountPath"),
            type={"enum": ["dynamic", "static", "none"]},
            capacity=MAYBE_TEXT,
            homeMountPath=TEXT,
        ),
        cloudMetadata=only(("blockWithIptables", "ip"), blockWithIptables=FLAG, ip=TEXT),
        networkPolicy=RULES,
    ),
    cull=only(
        ("enabled",), enabled=FLAG, users={"type": ["boolean", "null"]}, timeout={"type": ["integer", "null"]}
    ),
    proxy=only(
        https=only(
            ("enabled",),
            enabled={"type": ["boolean", "null"]},
            type={"enum": [None, "", "letsencrypt", "manual", "offload", "secret"]},
            hosts={"type": "array"},
            letsencrypt=only(contactEmail=MAYBE_TEXT, acmeServer=MAYBE_TEXT),
        )
    ),
)
