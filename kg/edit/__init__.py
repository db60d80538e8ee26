"""Changes to a workspace's texts: what is written, fixed, renamed or put into one layout."""
