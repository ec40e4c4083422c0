"""A certificate made on this computer: the line is encrypted, and each phone warns that nobody vouches for it."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from collections.abc import Sequence
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ..private import private_opener

_DAYS = 7


def make_certificate(folder: Path, addresses: Sequence[str], now: dt.datetime) -> tuple[ssl.SSLContext, str]:
    """A new certificate for ``addresses``, good for a week.

    Args:
        folder: Where it and its key are kept, for their owner alone.
        addresses: The addresses it is for; names are those of this computer itself.
        now: The moment.

    Returns:
        What a server speaks TLS with, and the fingerprint (SHA-256) that browsers show.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Rebound")])
    places = [x509.IPAddress(ipaddress.ip_address(one)) for one in dict.fromkeys((*addresses, "127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=_DAYS))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost"), *places]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.unlink(missing_ok=True)
    with open(file, "xb", opener=private_opener) as opened:
        opened.write(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        opened.write(made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(file)
    return context, made.fingerprint(hashes.SHA256()).hex(":").upper()
