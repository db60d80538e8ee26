"""`kg text`: what a source has to say of the text that it was read in."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.session import fail


@click.command()
@click.argument("file")
def text(file: str) -> None:
    """Print the 'text' key of a source for the text in FILE: its hash, length and parts.

    Paste it below the source, name the parts as you like, and say which are 'headline'.
    """
    from kg.evidence import describe_text

    try:
        described = describe_text(Path(file).read_bytes())
    except UnicodeDecodeError as error:
        fail(f"{file}: byte {error.start} is not UTF-8")
    if described.endswith("parts:\n"):
        fail(f"{file}: it holds no text")
    click.echo(described, nl=False)
