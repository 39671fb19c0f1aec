"""How the command says no: one line on stderr with what helps, and an exit code."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

REFUSED, MISUSED, INTERRUPTED = 1, 2, 130


class Refused(click.ClickException):
    """The command cannot do what was asked; the message says what helps."""

    exit_code = REFUSED


class Misused(click.UsageError):
    """The command was asked for something that cannot be."""

    exit_code = MISUSED


class Detente(click.Group):
    """A group whose every error is one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the documentation."""
        del ctx
        return list(self.commands)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002 - click's own signature
        **extra: Any,  # noqa: ANN401 - click's own signature
    ) -> Any:  # noqa: ANN401 - click's own signature
        """Run a command and leave with its exit code."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, **extra)  # noqa: FBT003 - click's own signature
        try:
            code = super().main(args, prog_name, complete_var, False, **extra)  # noqa: FBT003 - click's own signature
        except click.UsageError as error:
            _say(error, _more_help(error))
            sys.exit(error.exit_code)
        except click.ClickException as error:
            _say(error, "")
            sys.exit(error.exit_code)
        except (click.Abort, KeyboardInterrupt):
            sys.exit(INTERRUPTED)
        except BrokenPipeError:
            sys.exit(REFUSED)
        sys.exit(code if isinstance(code, int) else 0)


def _say(error: click.ClickException, more: str) -> None:
    told = " ".join(error.format_message().split())
    click.echo(f"detente: {told}{more}", err=True)


def _more_help(error: click.UsageError) -> str:
    if isinstance(error, Misused) or error.ctx is None:
        return ""
    return f" See `{error.ctx.command_path} --help`."


def as_json(value: object) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what settings, files and the store refuse into one line each."""
    from exercise.service.ports import Unwritable
    from exercise.settings import SettingsRefused

    try:
        yield
    except SettingsRefused as no:
        raise Misused(str(no)) from no
    except FileNotFoundError as no:
        message = f"there is no file {no.filename}; check the path."
        raise Refused(message) from no
    except PermissionError as no:
        message = f"{no.filename} cannot be used by this user; check its permissions."
        raise Refused(message) from no
    except Unwritable as no:
        told = first_line(no)
        message = f"the database cannot be used: {told}; run `detente doctor`."
        raise Refused(message) from no


def first_line(error: Exception) -> str:
    """Return what an error says, without the background its library adds."""
    return next(iter(str(error).splitlines()), type(error).__name__)
