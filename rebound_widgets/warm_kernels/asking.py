"""The messages between a server and its zygote: one packet each, file descriptors alongside."""

from __future__ import annotations

import json
import socket
from collections.abc import Sequence
from typing import Any

BIGGEST_PACKET = 160 * 1024
"""Bytes; below what the system lets wait in a socket by default."""
MOST_DESCRIPTORS = 4


def socket_pair() -> tuple[socket.socket, socket.socket]:
    """Two ends of a line with whole packets, that nobody else can reach; neither is inherited."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def send(to: socket.socket, message: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
    """Send one message.

    Raises:
        OSError: the other end is gone, its packets pile up, or the message is too big.
    """
    packet = json.dumps(message).encode()
    if len(packet) > BIGGEST_PACKET:
        raise OSError("A message is longer than a packet")
    socket.send_fds(to, [packet], list(descriptors))


def receive(of: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    """Wait for one message and its descriptors; ``None`` when the other end is gone."""
    packet, descriptors, _flags, _address = socket.recv_fds(of, BIGGEST_PACKET, MOST_DESCRIPTORS)
    return (json.loads(packet) if packet else None), descriptors
