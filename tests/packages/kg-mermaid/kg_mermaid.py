"""The ties between actors as a Mermaid flowchart, for Markdown pages."""

from collections.abc import Mapping

from kg.exporters import Exporter
from kg.network import project
from kg.scene import Scene


def export(scene: Scene) -> Mapping[str, bytes]:
    """One file; a comment names the lens, and each line the claims behind it."""
    network = project(scene)
    lines = ["flowchart LR", f"  %% seen {network.seen}"]
    for actor, name in network.actors.items():
        quoted = name.replace('"', "#quot;")
        lines.append(f'  {actor}["{quoted}"]')
    for tie in network.ties:
        lines.append(f"  {tie.subject} --> {tie.object} %% {' '.join(tie.claims)}")
    return {"ties.mmd": ("\n".join(lines) + "\n").encode()}


EXPORTER = Exporter("mermaid", "the ties between actors as a flowchart", export)
