"""How fast kg is, as ratios beside the obvious code in the same run: `make bench`."""
