"""Questions in SPARQL: what may be asked, named queries, and answers as tables."""
