"""The command `unbadged`: try the coach, run it as a service, and hand in who takes part.

Nothing heavy is imported before a command needs it, so that asking for help is instant.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.settings import Settings, SettingsError, weakness, whole_number

if TYPE_CHECKING:
    from storage.store import Store

DONE, REFUSED = 0, 1
DATA = Path(".unbadged")
EXITS = """\
It ends with 0 when all went well, 1 when something was refused, failed or is missing (the lines say what to
do), and 2 when the command was not understood. Settings come from the environment: docs/settings.md."""


class FailedError(Exception):
    """The command cannot go on; the text names the remedy."""


class _Version(argparse.Action):
    """Says the version without loading anything else."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        print(f"unbadged {version()}")
        parser.exit()


def version() -> str:
    """The version of this clone; of the installed package where there is no clone."""
    import tomllib

    project = Path(__file__).resolve().parent.parent / "pyproject.toml"
    if project.exists():
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    from importlib.metadata import version as installed

    return installed("unbadged")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    os.umask(0o077)  # whatever is made here is for this user's eyes only
    parsed = _parser().parse_args(arguments)
    try:
        done: int = parsed.run(parsed, Settings.read())
        sys.stdout.flush()
        return done
    except (SettingsError, FailedError) as failure:
        print(f"unbadged: {failure}", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as failure:
        return _explained(failure)
    return REFUSED


def _explained(failure: Exception) -> int:
    """Say what storage, a file or a port objected to; anything else is a mistake of ours and shows itself."""
    from bot.imports import RefusedFileError
    from storage.database import StorageError

    if isinstance(failure, RefusedFileError):
        for problem in failure.problems:
            print(problem, file=sys.stderr)
        print("Nothing was changed.", file=sys.stderr)
    elif isinstance(failure, StorageError) or type(failure).__name__ == "PortTakenError":
        print(f"unbadged: {failure}", file=sys.stderr)
    else:
        raise failure
    return REFUSED


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="unbadged",
        description="A coach for managers who have to make AI work.",
        epilog=EXITS,
        formatter_class=raw,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="say which version this is")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    trying = commands.add_parser("try", help="live through the weeks in the browser, on this computer alone")
    trying.add_argument("--port", type=_port, help="where the page answers (PORT, or the next free one)")
    trying.add_argument("--data", type=Path, default=DATA, help="folder of talks and keys (.unbadged)")
    trying.add_argument("--no-browser", action="store_true", help="only say the address")
    trying.set_defaults(run=_try)

    serving = commands.add_parser("serve", help="run the service")
    serving.set_defaults(run=_serve)
    checking = commands.add_parser("check", help="say what is configured, what is missing, and the remedy")
    checking.set_defaults(run=_check)
    migrating = commands.add_parser("migrate", help="bring the database to this release, SQLite copied first")
    migrating.set_defaults(run=_migrate)

    manifesting = commands.add_parser("manifest", help="the app, as a platform is told about it")
    manifesting.add_argument("platform", choices=["slack"])
    manifesting.add_argument("--http", metavar="URL", help="over https at this address, not over a socket")
    manifesting.add_argument("--many", action="store_true", help="for several workspaces")
    manifesting.add_argument("--org", action="store_true", help="for a whole Enterprise organisation at once")
    manifesting.add_argument("--rotate", action="store_true", help="with tokens that are renewed twice a day")
    manifesting.set_defaults(run=_manifest)
    linking = commands.add_parser("install-link", help="the link that adds the coach to a workspace")
    linking.add_argument("platform", choices=["slack"])
    linking.add_argument("--organisation", metavar="ID", help="for which, where there is more than one")
    linking.set_defaults(run=_install_link)
    inviting = commands.add_parser("invite", help="invite who is on the roster; without --yes it says whom")
    inviting.add_argument("--yes", action="store_true", help="invite them, also if there are more than ten")
    inviting.set_defaults(run=_invite)

    alerting = commands.add_parser("alerts", help="the alerts that nobody has taken on yet")
    alerting.add_argument("--have", metavar="ID", help="say that a person has it")
    alerting.set_defaults(run=_alerts)

    programme = _imports(commands, "programme", "the organisation, the programme and whom to call (TOML)")
    programme.set_defaults(run=_import_programme)
    roster = _imports(commands, "roster", "who takes part (CSV); without --yes it only says what would be")
    roster.add_argument("--programme", metavar="ID", help="which programme, where there is more than one")
    roster.add_argument("--yes", action="store_true", help="do it")
    roster.set_defaults(run=_import_roster)
    rails = _imports(commands, "guardrails", "a market's four facts (TOML); without --yes it only says them")
    rails.add_argument("--yes", action="store_true", help="publish them")
    rails.set_defaults(run=_import_guardrails)
    return parser


def _imports(commands: Any, name: str, what: str) -> argparse.ArgumentParser:
    verbs = commands.add_parser(name, help=f"import {what}").add_subparsers(metavar="import", required=True)
    verb: argparse.ArgumentParser = verbs.add_parser("import", help=what)
    verb.add_argument("file", type=Path, metavar="FILE", help=f"docs/examples shows a {name} file")
    return verb


def _port(text: str) -> int:
    port = whole_number(text)
    if not 0 < port < 65536:
        raise argparse.ArgumentTypeError("a number from 1 to 65535")
    return port


# --- try and serve ---------------------------------------------------------------------------------


def _try(parsed: argparse.Namespace, settings: Settings) -> int:
    from bot import logs, serve

    logs.set_up("WARNING")
    _own_folder(parsed.data)
    door = serve.listen("127.0.0.1", parsed.port or settings.port, or_next=parsed.port is None)
    try:
        from bot.playground.play import open_playground

        port = door.getsockname()[1]
        app, close = open_playground(parsed.data, port)
    except BaseException:
        door.close()
        raise
    address = f"http://127.0.0.1:{port}/"
    print(f"Unbadged is at {address} (Ctrl-C ends it; conversations stay in {parsed.data})", flush=True)
    if not parsed.no_browser:
        _show(address)
    try:
        serve.answer(app, door, quiet=True)
    finally:
        close()
    return DONE


def _own_folder(data: Path) -> None:
    """The folder for data and keys, for nobody else to read. One that is there already keeps its rights."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        usable = os.access(data, os.W_OK | os.X_OK)
    except OSError:
        usable = False
    if not usable:
        raise FailedError(f"{data} cannot be written to. Choose another folder: --data DIR")


def _show(address: str) -> None:
    """Open the page where there is somebody to see it; a browser of the terminal would only be in the way."""
    import webbrowser

    screen = (
        sys.platform in ("darwin", "win32") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    if screen and sys.stdout.isatty():
        webbrowser.open(address)


def _serve(_parsed: argparse.Namespace, settings: Settings) -> int:
    from bot import logs
    from bot.serving import serve_until_stopped
    from storage.migrate import migrate, newest, stamp_of

    logs.set_up(settings.log_level)
    weak = weakness(settings.secret_key)
    if weak is not None:
        raise FailedError(f"UNBADGED_SECRET_KEY is {weak}. To see how to make one: unbadged check")
    if stamp_of(settings.database_url) is None:
        migrate(settings.database_url)  # nothing is there yet, so nothing can be lost
        print("Made the tables of a new database.")
    elif stamp_of(settings.database_url) != newest():
        raise FailedError("The database's tables are those of another release. Run: unbadged migrate")
    with _open_store(settings) as store:
        serve_until_stopped(settings, store, lambda said: print(said, flush=True))
    return DONE


@contextmanager
def _open_store(settings: Settings) -> Iterator[Store]:
    """The database and the keys of this installation."""
    from bot.checks import missing_file
    from storage.store import Store

    if missing_file(settings.database_url):
        raise FailedError("There is no database yet. Run: unbadged migrate")
    store = Store(settings.database_url, settings.keys_url or None, settings.secret_key)
    try:
        yield store
    finally:
        store.close()


def _manifest(parsed: argparse.Namespace, settings: Settings) -> int:
    import json

    from bot.slack.manifest import manifest

    many, address = parsed.many or settings.slack_is_many, parsed.http or settings.public_url
    how = {"socket": parsed.http is None, "many": many, "rotation": parsed.rotate, "org": parsed.org}
    try:
        made = manifest(public_url=address, **how)
    except ValueError as missing:
        raise FailedError(f"{missing}.") from None
    print(json.dumps(made, indent=2, ensure_ascii=False))
    return DONE


def _install_link(parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.slack.install_link import hand_out

    with _open_store(settings) as store:
        hand_out(store, settings, parsed.organisation, print)
    return DONE


def _invite(parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.inviting import hand_in_invitations

    with _open_store(settings) as store:
        hand_in_invitations(store, print, really=parsed.yes)
    return DONE


# --- looking after it ------------------------------------------------------------------------------


def _check(_parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.checks import Mark, check
    from bot.clock import SystemClock

    missing = 0
    for finding in check(settings, SystemClock().now()):
        print(f"{finding.mark:8} {finding.subject}: {finding.said}")
        if finding.remedy:
            print(f"{'':8} → {finding.remedy}")
        missing += finding.mark is Mark.MISSING
    print(f"{missing} missing." if missing else "Nothing that is needed is missing.")
    return REFUSED if missing else DONE


def _migrate(_parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.checks import upgrade
    from bot.clock import SystemClock

    for line in upgrade(settings.database_url, SystemClock().now()):
        print(line)
    return DONE


def _alerts(parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.clock import SystemClock
    from storage import alerts

    now, found = SystemClock().now(), False
    with _open_store(settings) as store:
        for organisation in store.organisations():
            with store.transaction(organisation) as repo:
                if parsed.have:
                    found = alerts.acknowledge(repo.scope, parsed.have, now) or found
                    continue
                for each in alerts.open_alerts(repo.scope):
                    person = repo.person(each.person_id)
                    name = person.name if person else "somebody"
                    minutes = int((now - each.raised_at).total_seconds()) // 60
                    print(f"{each.id}  {name}  {minutes} min, sent {each.times_sent} times")
    if parsed.have and not found:
        raise FailedError(f"There is no alert {parsed.have}. For the open ones: unbadged alerts")
    return DONE


# --- handing in files ------------------------------------------------------------------------------


def _import_programme(parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.imports.handing_in import hand_in_programme

    with _open_store(settings) as store:
        hand_in_programme(store, parsed.file, print)
    return DONE


def _import_roster(parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.imports.handing_in import hand_in_roster

    with _open_store(settings) as store:
        hand_in_roster(store, parsed.file, parsed.programme, print, really=parsed.yes)
    return DONE


def _import_guardrails(parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.imports.handing_in import hand_in_guardrails

    with _open_store(settings) as store:
        hand_in_guardrails(store, parsed.file, print, really=parsed.yes)
    return DONE


if __name__ == "__main__":
    sys.exit(main())
