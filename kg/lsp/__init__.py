"""The language server: what editors ask by LSP, answered by `kg.assist` and `kg.check`."""
