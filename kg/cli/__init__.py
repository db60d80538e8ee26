"""The command line: one module a command. Heavy libraries are imported where they are used."""
