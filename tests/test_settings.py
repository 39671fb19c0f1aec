"""Settings are taken whole or refused with the variable, its value and the fix."""

from pathlib import Path

import pytest

from exercise.resources import INJECTS, asset, scenario_folders
from exercise.settings import Settings, SettingsRefused, strangers


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"DETENTE_{name.upper()}", raising=False)
    monkeypatch.setenv("DETENTE_DATA", str(tmp_path / "data"))


def test_without_any_variable_a_laptop_can_serve(tmp_path: Path) -> None:
    settings = Settings.read()
    assert settings.on_loopback
    assert settings.on_sqlite
    assert settings.database_url == f"sqlite:///{tmp_path}/data/detente.db"
    assert (settings.engine, settings.workers, settings.port) == ("eventlet", 1, 8000)


def test_an_option_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_PORT", "9000")
    assert Settings.read().port == 9000
    assert Settings.read(port=9001).port == 9001
    assert Settings.read(port=None).port == 9000


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_always_spoken_to_by_psycopg_3(scheme: str) -> None:
    settings = Settings.read(database_url=f"{scheme}://u:p@127.0.0.1/d", workers=4)
    assert settings.database_url == "postgresql+psycopg://u:p@127.0.0.1/d"
    assert not settings.on_sqlite


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "99999"),
        ("port", "eight"),
        ("engine", "asyncio"),
        ("workers", "2"),
        ("injects", "/nowhere/at/all"),
        ("origins", "exercise.example.org"),
        ("key", "/only/a/key.pem"),
        ("log", "loud"),
        ("nudge_url", "http://127.0.0.1"),
        ("database_url", "sqlite://"),
    ],
)
def test_a_wrong_value_is_refused_by_name(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    variable = f"DETENTE_{name.upper()}"
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsRefused) as refused:
        Settings.read()
    assert refused.value.variable == variable
    assert "\n" not in str(refused.value)
    assert ": give " in str(refused.value)


def test_a_password_is_not_repeated_in_a_refusal() -> None:
    with pytest.raises(SettingsRefused) as refused:
        Settings.read(database_url="mysql://root:hunter2@db/x")
    assert "hunter2" not in str(refused.value)


def test_limits_come_off_on_a_loopback_address_only() -> None:
    assert Settings.read(flood="off", host="::1").flood == "off"
    with pytest.raises(SettingsRefused, match="DETENTE_FLOOD"):
        Settings.read(flood="off", host="0.0.0.0")  # noqa: S104 - what is refused


def test_origins_are_a_list_with_commas() -> None:
    origins = Settings.read(origins="https://a.example/, http://10.0.0.7:8000").origins
    assert origins == ("https://a.example", "http://10.0.0.7:8000")


def test_the_cookie_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    first, second = Settings.read().cookie_secret(), Settings.read().cookie_secret()
    file = tmp_path / "data" / "secret"
    assert first == second == file.read_text("ascii")
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    settings = Settings.read()
    settings.cookie_secret()
    (tmp_path / "data" / "secret").chmod(0o644)
    with pytest.raises(SettingsRefused, match="chmod 600"):
        settings.cookie_secret()


@pytest.mark.parametrize("weak", ["short", "changeme" * 8, "x" * 64])
def test_a_secret_that_can_be_guessed_is_refused(weak: str) -> None:
    with pytest.raises(SettingsRefused, match="DETENTE_SECRET") as refused:
        Settings.read(secret=weak)
    assert weak not in str(refused.value)


def test_a_slip_in_a_name_can_be_shown() -> None:
    environ = {
        "DETENTE_PROT": "1",
        "DETENTE_PORT": "2",
        "DETENTE_FULL": "1",
        "HOME": "",
    }
    assert strangers(environ) == ("DETENTE_PROT",)


def test_an_own_scenario_goes_before_a_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "harbour"
    own.mkdir()
    (own / "scenario.toml").touch()
    assert scenario_folders(tmp_path)["harbour"] == own
    assert set(scenario_folders()) == {
        file.parent.name for file in INJECTS.glob("*/scenario.toml")
    }


def test_the_address_of_a_static_file_changes_with_the_file() -> None:
    address = asset("icons/detente.svg")
    assert address.startswith("/static/icons/detente.svg?v=")
    assert asset("icons/detente.svg") == address
