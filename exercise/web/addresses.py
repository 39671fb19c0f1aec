"""The address by which people's own devices reach this server."""

from urllib.parse import urlsplit

from flask import request

from exercise.engine.listen import lan_address
from exercise.settings import is_loopback
from exercise.web.services import services

EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - compared, not bound


def base() -> str:
    """Return the address that codes and links begin with.

    Who sits at the server itself calls it by a name that no phone in the hall knows.
    """
    ground = services().ground
    if ground.origins:
        return ground.origins[0]
    asked = urlsplit(request.host_url)
    if ground.everywhere and is_loopback(asked.hostname or ""):
        port = "" if asked.port is None else f":{asked.port}"
        return f"{asked.scheme}://{in_url(lan_address())}{port}"
    return request.host_url.rstrip("/")


def in_url(host: str) -> str:
    """Return a host as it stands in an address."""
    return f"[{host}]" if ":" in host else host
