"""What curators get wrong, one slip a file, with what `kg check` says of it."""
