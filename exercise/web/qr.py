"""Addresses as pictures that a phone can read."""

import io

import segno
from flask import Response


def picture(address: str) -> Response:
    """Return the QR code of an address as SVG, dark on light whatever the theme."""
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", scale=8, border=3, dark="#1b1f24", light="#ffffff"
    )
    response = Response(out.getvalue(), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "private, max-age=600"
    return response
