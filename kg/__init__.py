"""kg keeps who says what about whom, and shows it as a graph through a lens.

import kg
workspace = kg.open(".")
for claim in workspace.facts.claims.values(): ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.workspace.folder import Workspace as Workspace
    from kg.workspace.folder import open_workspace as open

__version__ = "0.1.0"
__all__ = ["Workspace", "open"]


def __getattr__(name: str) -> Any:
    # Nothing is imported before it is asked for: `kg --help` must not pay for what it does not use.
    if name not in __all__:
        raise AttributeError(f"module 'kg' has no attribute '{name}'")
    from kg.workspace import folder

    return {"Workspace": folder.Workspace, "open": folder.open_workspace}[name]
