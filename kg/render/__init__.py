"""Values as text for terminals, files and programs."""
