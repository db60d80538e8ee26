"""Pictures of a scene for people: the HTML dossier."""
