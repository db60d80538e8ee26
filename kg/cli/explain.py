"""`kg explain`: the manual page of a diagnostic."""

from __future__ import annotations

import click


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Print the manual page of a diagnostic; without CODE, list them all."""
    from kg.check import CODES
    from kg.model.suggest import did_you_mean
    from kg.workspace.core import core_folder

    if code is None:
        width = max(len(name) for name in CODES)
        families = sorted({each.family for each in CODES.values()}, key=str.lower)
        for family in families:
            click.secho(family, bold=True)
            for each in CODES.values():
                if each.family == family:
                    click.echo(f"  {each.name:{width}}  {each.severity:7}  {each.summary}")
        return
    if code not in CODES:
        hint = did_you_mean(code, CODES) or "'kg explain' lists all"
        raise click.UsageError(f"no diagnostic is called '{code}': {hint}")
    page = core_folder("diagnostics") / f"{code}.md"
    click.echo(page.read_text(encoding="utf-8"), nl=False)
