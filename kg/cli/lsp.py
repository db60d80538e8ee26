"""`kg lsp`: the language server."""

from __future__ import annotations

import click


@click.command()
def lsp() -> None:
    """Serve an editor: findings while one types, completion, hover, renaming.

    Speaks the Language Server Protocol on standard input and output; an editor starts it. A
    workspace is found by the files that are opened in it.
    """
    import gc
    import os
    import sys

    from kg.lsp.server import serve

    # Whatever else writes to standard output must not get into the protocol.
    stdout = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    gc.enable()
    code = serve(sys.stdin.buffer, stdout)
    raise click.exceptions.Exit(code)
