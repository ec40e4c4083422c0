"""The addresses of this computer that a phone in the same network could try."""

from __future__ import annotations

import ipaddress
import socket

import psutil

_NOT_FOR_PHONES = ("docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "tun", "tap", "utun", "lo", "zt")


def own_addresses() -> list[str]:
    """Addresses of version 4, the likeliest first; none where there is no network."""
    states = psutil.net_if_stats()
    found = [
        (name, one.address)
        for name, held in psutil.net_if_addrs().items()
        for one in held
        if one.family == socket.AF_INET and (name not in states or states[name].isup)
    ]
    return likely(found)


def likely(found: list[tuple[str, str]]) -> list[str]:
    """Those of ``found`` (a device and an address) that a phone could reach: a home's or a hotspot's first."""
    kept = []
    for name, address in found:
        number = ipaddress.ip_address(address)
        if not (number.is_loopback or number.is_link_local or name.lower().startswith(_NOT_FOR_PHONES)):
            kept.append((not number.is_private, not address.startswith("192.168."), address))
    return [address for _, _, address in sorted(set(kept))]
