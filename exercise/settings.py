"""The settings of a server, read from `DETENTE_*` variables and checked at once."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ValidationInfo
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "DETENTE_"
TESTS_OWN = ("DETENTE_TEST_", "DETENTE_FULL")

# 32 characters of the URL-safe alphabet are 192 bits; nobody types this one.
SECRET_LENGTH = 32
# A repeated word, however long, has fewer different characters than this.
SECRET_VARIETY = 12

# What must not appear in a log or on a screen, even when it is wrong.
HIDDEN = frozenset({"secret", "database_url", "nudge_url"})

# psycopg 3 on every engine; SQLAlchemy is told so by name.
POSTGRESQL = frozenset({"postgres", "postgresql", "postgresql+psycopg"})


class SettingsRefused(Exception):
    """A setting cannot be used; says which, what stood there and what helps."""

    def __init__(self, variable: str, value: str, fix: str) -> None:
        self.variable = variable
        self.value = value
        self.fix = fix
        super().__init__(f"{variable}={value} is refused: {fix}")


def data_folder() -> Path:
    """Return the per-user folder that holds the database, secret and backups."""
    share = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(share).expanduser() / "detente"


def _sqlite_in(read: dict[str, Any]) -> str:
    return f"sqlite:///{read['data'] / 'detente.db'}"


class Settings(BaseSettings):
    """Everything a server may be told; `title` says what a value may be."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True
    )

    data: Path = Field(
        default_factory=data_folder,
        title="a folder",
        description="The SQLite file, the cookie secret and backups.",
    )
    database_url: str = Field(
        default_factory=_sqlite_in,
        title="`sqlite:///FILE` or `postgresql://USER:PASSWORD@HOST/NAME`",
        description="Where exercises are kept.",
    )
    nudge_url: str | None = Field(
        default=None,
        title="`redis://HOST:PORT/0`",
        description="Redis that wakes the other workers; without it they poll.",
    )
    injects: Path | None = Field(
        default=None,
        title="a folder that exists",
        description="Your own scenarios, one folder each, beside those shipped.",
    )
    host: str = Field(
        default="127.0.0.1",
        title="an address of this machine, `0.0.0.0` for all",
        description="Address to listen on.",
        min_length=1,
    )
    port: int = Field(
        default=8000,
        title="a number from 0 to 65535, 0 for any free one",
        description="Port to listen on.",
        ge=0,
        le=65535,
    )
    engine: Literal["eventlet", "gevent", "threading"] = Field(
        default="eventlet",
        title="`eventlet`, `gevent` or `threading`",
        description="What carries the connections.",
    )
    workers: int = Field(
        default=1,
        title="a number from 1 to 64; above 1 with PostgreSQL only",
        description="Processes that share the port.",
        ge=1,
        le=64,
    )
    origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        title="`https://HOST[:PORT]`, several with commas between",
        description="Addresses people reach the server by, when a proxy changes them; "
        "empty means the address of the request itself.",
    )
    cert: Path | None = Field(
        default=None,
        title="a PEM file, together with `DETENTE_KEY`",
        description="Certificate for https without a proxy.",
    )
    key: Path | None = Field(
        default=None,
        title="a PEM file, together with `DETENTE_CERT`",
        description="Private key of that certificate.",
        validate_default=True,
    )
    secret: SecretStr | None = Field(
        default=None,
        title=f"at least {SECRET_LENGTH} random characters",
        description="Signs cookies; without it the file `secret` in the data folder, "
        "made at the first start.",
    )
    direct: Literal["on", "off"] = Field(
        default="on",
        title="`on` or `off`",
        description="One framed message for many sockets; off uses plain emit.",
    )
    flood: Literal["on", "off"] = Field(
        default="on",
        title="`on`, or `off` on a loopback address only",
        description="Limits on tries and commands; off is for benchmarks.",
    )
    log: Literal["debug", "info", "warning", "error"] = Field(
        default="info",
        title="`debug`, `info`, `warning` or `error`",
        description="The least of what is logged.",
    )
    log_format: Literal["text", "json"] = Field(
        default="text", title="`text` or `json`", description="The form of log lines."
    )

    @field_validator("data", "injects", "cert", "key")
    @classmethod
    def _from_home(cls, given: Path | None) -> Path | None:
        return given and given.expanduser().absolute()

    @field_validator("database_url")
    @classmethod
    def _with_driver(cls, given: str) -> str:
        scheme, colon, rest = given.partition(":")
        if scheme in POSTGRESQL:
            return f"postgresql+psycopg{colon}{rest}"
        if scheme == "sqlite" and len(rest) > len("///") and rest.startswith("///"):
            return given
        raise ValueError

    @field_validator("nudge_url")
    @classmethod
    def _redis(cls, given: str | None) -> str | None:
        if given and urlsplit(given).scheme not in {"redis", "rediss", "unix"}:
            raise ValueError
        return given

    @field_validator("injects")
    @classmethod
    def _there(cls, given: Path | None) -> Path | None:
        if given and not given.is_dir():
            raise ValueError
        return given

    @field_validator("workers")
    @classmethod
    def _one_on_sqlite(cls, given: int, info: ValidationInfo) -> int:
        if given > 1 and str(info.data.get("database_url")).startswith("sqlite"):
            raise ValueError
        return given

    @field_validator("origins", mode="before")
    @classmethod
    def _listed(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        return tuple(each.strip().rstrip("/") for each in given.split(","))

    @field_validator("origins")
    @classmethod
    def _bare(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        for origin in given:
            parts = urlsplit(origin)
            if parts.scheme not in {"http", "https"} or parts.path or not parts.netloc:
                raise ValueError
        return given

    @field_validator("key")
    @classmethod
    def _with_certificate(cls, given: Path | None, info: ValidationInfo) -> Path | None:
        if (given is None) != (info.data.get("cert") is None):
            raise ValueError
        return given

    @field_validator("secret")
    @classmethod
    def _hard_to_guess(cls, given: SecretStr | None) -> SecretStr | None:
        if given and not _is_hard(given.get_secret_value()):
            raise ValueError
        return given

    @field_validator("flood")
    @classmethod
    def _loopback_only(cls, given: str, info: ValidationInfo) -> str:
        if given == "off" and not is_loopback(str(info.data.get("host"))):
            raise ValueError
        return given

    @classmethod
    def read(cls, **given: object) -> Self:
        """Return the settings of this process; `given` goes before the environment."""
        told = {name: value for name, value in given.items() if value is not None}
        try:
            return cls(**told)  # type: ignore[arg-type]  # pydantic checks each value
        except ValidationError as error:
            raise _refusal(error.errors()[0]) from None

    @property
    def on_sqlite(self) -> bool:
        """Tell whether exercises are kept in one file."""
        return self.database_url.startswith("sqlite")

    @property
    def on_loopback(self) -> bool:
        """Tell whether only this machine can reach the server."""
        return is_loopback(self.host)

    def cookie_secret(self) -> str:
        """Return the secret that signs cookies; the first call ever makes it."""
        if self.secret:
            return self.secret.get_secret_value()
        file = self.data / "secret"
        if not file.exists():
            _make_secret(file)
        return _checked_secret(file)


def is_loopback(host: str) -> bool:
    """Tell whether an address can be reached from this machine only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def strangers(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the variables that look like settings but are none: often a typing slip.

    The test suite's own switches are no settings of a server and are left out.
    """
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    ours = {name for name in environ if name.startswith(PREFIX)}
    odd = {name for name in ours - known if not name.startswith(TESTS_OWN)}
    return tuple(sorted(odd))


def _refusal(problem: ErrorDetails) -> SettingsRefused:
    name = str(problem["loc"][0])
    variable = PREFIX + name.upper()
    field = Settings.model_fields.get(name)
    if field is None:
        return SettingsRefused(variable, "", "there is no such setting.")
    value = "(hidden)" if name in HIDDEN else str(problem["input"] or "")
    return SettingsRefused(variable, value, f"give {field.title}.")


def _is_hard(secret: str) -> bool:
    return len(secret) >= SECRET_LENGTH and len(set(secret)) >= SECRET_VARIETY


def _make_secret(file: Path) -> None:
    """Write a fresh secret whole or not at all, even with two servers starting."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f"secret.{os.getpid()}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
    # If another process was first, its secret is as good.
    with suppress(FileExistsError):
        file.hardlink_to(draft)
    draft.unlink()


def _checked_secret(file: Path) -> str:
    if file.stat().st_mode & 0o077:
        raise SettingsRefused("DETENTE_DATA", str(file), f"run `chmod 600 {file}`.")
    secret = file.read_text(encoding="ascii").strip()
    if not _is_hard(secret):
        fix = "remove the file; the next start makes a new one and logs everyone out."
        raise SettingsRefused("DETENTE_DATA", str(file), fix)
    return secret
