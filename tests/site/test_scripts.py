"""The commands in `script/` and the container's entrypoint: what they start, how they stop, what they refuse."""

import http.client
import importlib.util
import json
import os
import runpy
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django
import psycopg
import pytest

from script.support import e2e, environment, preflight, roles, services, test_suite
from script.support.after_migrations import wait_until
from script.support.bench import describe, find_benches
from script.support.lock import check_portable

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_SECONDS = 20


def wait_for(happened) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


@pytest.fixture
def port():
    return services.free_port()


@pytest.fixture
def listener():
    """A port that another program listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture
def entrypoint():
    spec = importlib.util.spec_from_file_location("entrypoint", ROOT / "deploy" / "container" / "entrypoint.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# What script/server refuses


def run_server(**environ: str) -> subprocess.CompletedProcess[str]:
    argv = [str(ROOT / "script" / "server")]
    plain = {"PATH": os.environ["PATH"], "PYTHON": sys.executable}
    return subprocess.run(
        argv, env={**plain, **environ}, cwd="/", capture_output=True, text=True, timeout=60, check=False
    )


def test_a_taken_port_is_named_before_anything_is_installed(tmp_path, listener):
    venv = tmp_path / "venv"
    refused = run_server(PORT=str(listener), DATA_DIR=str(tmp_path / "data"), VENV=str(venv))
    assert refused.returncode == 1
    assert refused.stderr == (
        f"athleat: port {listener} is taken by another program. "
        f"Stop that program or choose another port: PORT={listener + 1} script/server\n"
    )
    assert not venv.exists()


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path, port):
    (tmp_path / "file").write_text("not a folder")
    folder = tmp_path / "file" / "data"
    refused = run_server(PORT=str(port), DATA_DIR=str(folder), VENV=str(tmp_path / "venv"))
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"athleat: cannot write to {folder}: Not a directory. Set DATA_DIR")


def test_two_servers_do_not_share_a_data_folder(tmp_path, port):
    from script.support.server import hold_folder

    with hold_folder(tmp_path):
        refused = run_server(PORT=str(port), DATA_DIR=str(tmp_path), VENV=str(tmp_path / "venv"))
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"athleat: another script/server is using {tmp_path}.")


@pytest.mark.parametrize("text", ["0", "65536", "80x", "-1", "٨٠", ""])
def test_what_is_no_port_is_refused(text):
    with pytest.raises(preflight.Refusal, match="PORT must be a whole number from 1 to 65535"):
        preflight.parse_port(text)


def test_half_of_a_certificate_is_refused():
    with pytest.raises(preflight.Refusal, match="go together; TLS_KEY_PATH is not set"):
        preflight.check_tls({"TLS_CERT_PATH": __file__})


def test_an_unreadable_certificate_is_named(tmp_path):
    given = {"TLS_CERT_PATH": __file__, "TLS_KEY_PATH": str(tmp_path / "absent.pem")}
    with pytest.raises(preflight.Refusal, match=r"TLS_KEY_PATH=.*absent\.pem is not a file that can be read"):
        preflight.check_tls(given)


def test_an_env_file_gives_names_and_values(tmp_path):
    (tmp_path / ".env").write_text("# comment\nPORT=9000\nexport HOST='::1'\nEMPTY=\nurl=\"a=b\"\nnonsense\n")
    expected = {"PORT": "9000", "HOST": "::1", "EMPTY": "", "url": "a=b"}
    assert preflight.read_env_file(tmp_path / ".env") == expected


# Environment


def test_pip_settings_reach_uv_in_its_own_words():
    settings = {
        "index-url": "https://index.example/simple",
        "extra-index-url": "file:///wheels/a file:///wheels/b",
        "find-links": "/wheels /more",
        "cert": "/etc/ca.pem",
        "default-timeout": "180",
    }
    assert environment.uv_environment({"HOME": "/", "UV_HTTP_TIMEOUT": "5", "UV_CACHE_DIR": "/c"}, settings) == {
        "HOME": "/",
        "UV_CACHE_DIR": "/c",
        "UV_DEFAULT_INDEX": "https://index.example/simple",
        "UV_INDEX": "file:///wheels/a file:///wheels/b",
        "UV_FIND_LINKS": "/wheels,/more",
        "UV_HTTP_TIMEOUT": "5",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_NO_PROGRESS": "1",
        "SSL_CERT_FILE": "/etc/ca.pem",
    }


def test_without_a_home_that_can_be_written_uv_keeps_no_cache(tmp_path):
    assert environment.uv_environment({"HOME": str(tmp_path / "absent")}, {})["UV_NO_CACHE"] == "1"


def test_a_filled_environment_is_left_alone(tmp_path, monkeypatch):
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text("#!/bin/sh\nexit 0\n")
    python.chmod(0o755)
    monkeypatch.setattr(environment, "run_step", lambda *_, **__: pytest.fail("something was installed"))
    stamp = {"runtime": environment._digest("runtime", python)}
    (tmp_path / environment.STAMP).write_text(json.dumps(stamp))
    assert environment.ensure_environment(folder=tmp_path) == python


def test_a_folder_with_other_content_is_not_turned_into_an_environment(tmp_path, capsys):
    kept = tmp_path / "bin" / "somebody's program"
    kept.parent.mkdir()
    kept.touch()
    with pytest.raises(SystemExit):
        environment.ensure_environment(folder=tmp_path)
    assert "holds something else than a virtual environment" in capsys.readouterr().err
    assert kept.exists()


def test_a_changed_lock_is_installed_again(tmp_path, monkeypatch):
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text("#!/bin/sh\nexit 0\n")
    python.chmod(0o755)
    (tmp_path / environment.STAMP).write_text(json.dumps({"runtime": "of an earlier lock"}))
    installed = []
    monkeypatch.setattr(environment, "_install", lambda _, lock: installed.append(lock.name))
    environment.ensure_environment(folder=tmp_path)
    assert installed == ["requirements.txt"]


def test_the_locks_name_no_place_of_the_machine_that_wrote_them():
    for name in environment.LOCKS.values():
        check_portable(ROOT / name)


def test_every_runtime_package_is_tested_at_the_version_that_is_deployed():
    kinds = ("runtime", "development")
    runtime, development = ((ROOT / environment.LOCKS[kind]).read_text().splitlines() for kind in kinds)
    pins = {line.split(" \\")[0] for line in runtime if "==" in line and not line.startswith((" ", "#"))}
    assert pins - {line.split(" \\")[0] for line in development} == set()


# Test services and the summary of script/test


def test_a_postgresql_of_its_own_folds_case_in_every_script_and_ends_with_stop():
    with tempfile.TemporaryDirectory(dir=services.folder_for_services()) as folder:
        # As root the server runs as another user, whom pytest's own folders keep out.
        Path(folder).chmod(0o711)
        server = services.Postgres(Path(folder))
        try:
            with psycopg.connect(server.start()) as connection:
                assert connection.execute("SELECT lower('ŽITO Ћ')").fetchone() == ("žito ћ",)
        finally:
            server.stop()
    assert socket.socket().connect_ex(("127.0.0.1", server.port)) != 0


def test_a_redis_of_its_own_answers_and_ends_with_stop(tmp_path):
    import redis

    server = services.Redis(tmp_path)
    try:
        assert redis.Redis.from_url(server.start() + "/63").set("key", "value") is True
    finally:
        server.stop()
    assert socket.socket().connect_ex(("127.0.0.1", server.port)) != 0


def test_each_parallel_process_has_a_redis_database_and_a_folder_of_its_own():
    environ = {"PYTEST_XDIST_WORKER": "gw1", "REDIS_URL": "redis://127.0.0.1:6379", "DATA_DIR": "/data"}
    test_suite.separate(environ)
    assert (environ["REDIS_URL"], environ["DATA_DIR"]) == ("redis://127.0.0.1:6379/2", "/data/gw1")


def test_the_closing_line_is_found_behind_colors():
    output = "..\n\x1b[32m=========== \x1b[32m\x1b[1m3 passed\x1b[0m\x1b[32m in 0.10s\x1b[0m ===========\x1b[0m\n"
    assert test_suite.find_closing_line(output) == "=========== 3 passed in 0.10s ==========="


def test_a_failed_run_has_the_last_word():
    failed = test_suite.Outcome("SQLite", 1, "=== 1 failed in 1.00s ===")
    passed = test_suite.Outcome("PostgreSQL", 0, "=== 9 passed in 2.00s ===")
    assert test_suite.summarize([failed, passed]).splitlines() == [
        "PostgreSQL: passed",
        "=== 9 passed in 2.00s ===",
        "SQLite: FAILED (exit code 1)",
        "=== 1 failed in 1.00s ===",
    ]


def test_a_key_of_this_shell_does_not_reach_the_tests(monkeypatch, tmp_path):
    monkeypatch.setenv("ANTHROPIC_API_KEY", "a real key")
    monkeypatch.setenv("NUTRITION_AI_API_SECRET_FILE", "/run/secret")
    environ = test_suite.suite_environment(tmp_path, database_url="", redis_url="")
    assert {"ANTHROPIC_API_KEY", "NUTRITION_AI_API_SECRET_FILE"} & environ.keys() == set()


def test_a_bench_is_listed_with_the_first_line_of_its_docstring(tmp_path):
    (tmp_path / "solver.py").write_text('"""Seconds a plan takes.\n\nMore."""\n')
    (tmp_path / "_shared.py").write_text("")
    benches = find_benches(tmp_path)
    assert {name: describe(path) for name, path in benches.items()} == {"solver": "Seconds a plan takes."}


# Roles and the container


def gunicorn_configuration(monkeypatch, **environ: str) -> dict:
    for name in ("REDIS_URL", "REDIS_URL_FILE", "WEB_CONCURRENCY", "ENVIRONMENT", "TLS_CERT_PATH", "TLS_KEY_PATH"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {roles.BIND: "127.0.0.1:8080", **environ}.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(ROOT / "script" / "support" / "gunicorn_conf.py"))


def test_without_redis_there_is_one_web_process_whatever_is_asked(monkeypatch):
    assert gunicorn_configuration(monkeypatch, WEB_CONCURRENCY="4")["workers"] == 1


def test_with_redis_there_are_as_many_web_processes_as_asked(monkeypatch):
    configuration = gunicorn_configuration(monkeypatch, WEB_CONCURRENCY="4", REDIS_URL="redis://cache:6379")
    assert configuration["workers"] == 4


def test_a_certificate_makes_the_server_speak_tls(monkeypatch):
    configuration = gunicorn_configuration(monkeypatch, TLS_CERT_PATH="/tls/cert", TLS_KEY_PATH="/tls/key")
    assert (configuration["certfile"], configuration["keyfile"]) == ("/tls/cert", "/tls/key")


def test_one_container_runs_web_worker_and_beat_and_only_web_is_essential(entrypoint):
    assert {child.name: child.essential for child in entrypoint.children_for(None, [])} == {
        "web": True,
        "worker": False,
        "beat": False,
    }


def test_a_container_of_one_role_ends_with_it(entrypoint):
    (child,) = entrypoint.children_for("worker", ["--concurrency", "8"])
    assert child.essential
    assert list(child.argv)[-2:] == ["--concurrency", "8"]


def run_entrypoint(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, str(ROOT / "deploy" / "container" / "entrypoint.py"), *arguments]
    plain = {"PATH": os.environ["PATH"], **environ}
    return subprocess.run(argv, env=plain, cwd="/", capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("role", [[], ["web"], ["worker"], ["beat"]])
def test_production_without_its_variables_ends_with_one_line_that_names_them_all(role, tmp_path):
    refused = run_entrypoint(*role, ENVIRONMENT="production", DATA_DIR=str(tmp_path))
    assert refused.returncode == 1
    (line,) = refused.stderr.splitlines()
    assert json.loads(line)["message"] == (
        "missing required environment variable: "
        "NUTRITION_AI_API_KEY, NUTRITION_AI_API_SECRET, DATABASE_URL, REDIS_URL, JWT_SECRET"
    )


def test_any_other_word_is_a_management_command(tmp_path):
    assert run_entrypoint("nutrition-ai", "version", DATA_DIR=str(tmp_path)).stdout.strip() == django.get_version()


def test_a_management_command_needs_no_other_word_before_it(entrypoint, monkeypatch):
    def become(program, words):
        raise SystemExit([program, *words])

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "argv", ["entrypoint.py", "migrate", "--check"])
    monkeypatch.setattr(os, "execv", become)
    with pytest.raises(SystemExit) as left:
        entrypoint.main()
    assert left.value.code == [sys.executable, sys.executable, str(ROOT / "manage.py"), "migrate", "--check"]


def test_worker_and_beat_wait_for_the_migrations_and_say_so_once():
    answers = iter([False, False, True])
    said: list[str] = []
    wait_until(lambda: next(answers), say=said.append, pause_seconds=0)
    assert said == ["waiting for the database and its migrations (run: nutrition-ai migrate)"]


def test_the_container_is_up_before_the_migrations_and_stops_at_term(tmp_path, port):
    environ = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "PORT": str(port), "ENVIRONMENT": "development"}
    argv = [sys.executable, str(ROOT / "deploy" / "container" / "entrypoint.py")]
    with (tmp_path / "log").open("w") as log:
        container = subprocess.Popen(argv, env=environ, cwd="/", stdout=log, stderr=log)
    try:
        wait_for(lambda: status_of(port, "/health/live") == 200)
        healthy = subprocess.run(
            [sys.executable, str(ROOT / "deploy/container/healthcheck.py")], env=environ, check=False
        )
        assert healthy.returncode == 0
        container.terminate()
        assert container.wait(PATIENCE_SECONDS) == 0
    finally:
        if container.poll() is None:
            container.kill()
    assert status_of(port, "/health/live") is None


def status_of(port: int, path: str) -> int | None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


# The browser of script/e2e


def program(folder: Path, name: str) -> str:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def test_the_named_browser_is_driven_before_those_on_the_path(tmp_path):
    named, found = program(tmp_path, "mine"), program(tmp_path, "google-chrome")
    assert e2e.find_browser({"CHROMIUM": named, "PATH": str(tmp_path)}) == named
    assert e2e.find_browser({"PATH": str(tmp_path)}) == found


def test_a_named_browser_that_is_missing_is_not_replaced_by_another(tmp_path):
    program(tmp_path, "chromium")
    assert e2e.find_browser({"CHROMIUM": str(tmp_path / "absent"), "PATH": str(tmp_path)}) is None


def test_without_a_browser_the_stories_fail_and_say_what_to_install(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(e2e, "end_on_terminate", lambda: None)
    with pytest.raises(SystemExit) as left:
        e2e.main()
    assert left.value.code == 1
    assert "apt install chromium" in capsys.readouterr().err


def test_the_server_of_the_stories_hears_nothing_of_this_shell_that_reaches_outside(tmp_path):
    shell = {"ANTHROPIC_API_KEY": "k", "SMTP_HOST_FILE": "/run/secret", "PATH": "/bin"}
    environ = e2e.server_environment(shell, folder=tmp_path, port=8123)
    told = [environ.get(name) for name in ("ANTHROPIC_API_KEY", "SMTP_HOST", "SMTP_HOST_FILE", "PATH", "PORT")]
    assert told == ["", "", "", "/bin", "8123"]
