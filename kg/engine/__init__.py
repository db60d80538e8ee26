"""The engines that answer SPARQL."""
