"""YAML text as nodes with places, nodes as vocabulary and facts."""
