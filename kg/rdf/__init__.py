"""The facts as RDF, seen through a lens."""
