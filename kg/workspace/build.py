"""The main job: everything that goes into `output/`, from one scene."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from kg.render import diagnostics
from kg.scene import Scene
from kg.workspace.folder import Workspace


def artifacts(
    workspace: Workspace, scene: Scene, say: Callable[[str], None]
) -> Mapping[str, bytes]:
    """The files of a build by name.

    Args:
        workspace: whose diagnostics go into the build.
        scene: the claims, as seen through the lens of the build.
        say: is told what is being made.
    """
    from kg.analysis.measuring import measure
    from kg.footing import footings
    from kg.network import project
    from kg.rdf.dataset import to_dataset
    from kg.render.analysis import to_json
    from kg.render.report.compose import compose as compose_report
    from kg.render.report.markdown import to_markdown
    from kg.render.report.page import to_html as to_report_page
    from kg.view.dossier import to_html
    from kg.view.picture import compose

    # They quote the facts' own lines, and so what a marking leaves out.
    found = None if scene.lens.marking else workspace.diagnostics
    say("writing RDF")
    dataset = to_dataset(scene)
    made = {
        "graph.ttl": dataset.turtle(),
        "graph.nq": dataset.nquads(),
        "graph.jsonld": dataset.jsonld(),
        "diagnostics.json": diagnostics.to_json(found, workspace.texts.by_path).encode(),
    }
    say("measuring the network")
    network = project(scene)
    tables = measure(network)
    analysis = json.dumps(to_json(network, tables, footings(scene)), ensure_ascii=False, indent=1)
    made["analysis.json"] = f"{analysis}\n".encode()
    say("drawing the graph")
    picture = compose(scene)
    made["graph.html"] = to_html(picture, scene.facts)
    say("writing the report")
    report = compose_report(scene, network, tables, found)
    made["report.md"] = to_markdown(report).encode()
    made["report.html"] = to_report_page(report).encode()
    return made
