"""For whoever watches the server: is it up, can it write, how busy is it."""

from flask import Blueprint, Response, jsonify
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from exercise.web.services import services

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Answer that the process is up."""
    return jsonify(ok=True)


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Answer whether the process can record."""
    writable = services().conduct.writable
    return jsonify(ok=writable, writable=writable), 200 if writable else 503


@blueprint.get("/metrics")
def metrics() -> Response:
    """Return a few figures for Prometheus; none of them says what anybody wrote."""
    with_it, registry = services(), CollectorRegistry()
    Gauge("detente_sockets", "Open live sockets", registry=registry).set(
        len(with_it.floor.sockets)
    )
    Gauge("detente_writable", "Whether entries can be kept", registry=registry).set(
        float(with_it.conduct.writable)
    )
    Gauge(
        "detente_stall_seconds",
        "Longest time of the last minute in which everybody waited",
        registry=registry,
    ).set(with_it.stalls.longest_s)
    dropped = Gauge(
        "detente_dropped", "Frames and sockets dropped", ["why"], registry=registry
    )
    for why, count in with_it.dropped().items():
        dropped.labels(why).set(count)
    heads = Gauge("detente_entries", "Entries on record", ["status"], registry=registry)
    for one in with_it.timeline.exercises():
        heads.labels(one.status).inc(one.head_seq)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
