"""The command line: the composition root, one file per command, each loaded only when it is called."""

import importlib
import sys
from typing import Any

import click

from cafe.cli.usage import no_such_command, understood

COMMANDS = (
    "demo",
    "run",
    "control",
    "new",
    "check",
    "seats",
    "cards",
    "export",
    "paper",
    "import",
    "replay",
    "doctor",
    "settings",
)
"""Every command, in the order of a workshop; the file of a command has its name."""

_FILES = {"import": "import_"}


class Commands(click.Group):
    """A group that imports a command's file when it is called, so that `cafe export` does not pay for the wall."""

    def list_commands(self, _: click.Context, /) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _: click.Context, /, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        file = importlib.import_module(f"cafe.cli.{_FILES.get(cmd_name, cmd_name)}")
        command: click.Command = file.command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            raise no_such_command(args[0], COMMANDS)
        return super().resolve_command(ctx, args)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Says where somebody's own settings are."""
        from cafe.cli.chosen import place

        super().format_epilog(ctx, formatter)
        formatter.write_paragraph()
        formatter.write_text(f"Your own settings: {place()}")

    def make_context(self, *given: Any, **more: Any) -> click.Context:
        with understood():
            return super().make_context(*given, **more)

    def invoke(self, ctx: click.Context) -> Any:
        with understood(ctx):
            return super().invoke(ctx)


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="worldcafe", prog_name="cafe")
@click.pass_context
def main(context: click.Context) -> None:
    """Run a live world café: the clock, the tables and the ideas, on one laptop and a wall."""
    if context.invoked_subcommand is None:
        if sys.stdin.isatty() and sys.stdout.isatty():
            from cafe.cli.door import open_door

            context.exit(open_door(context))
        click.echo(context.get_help())
