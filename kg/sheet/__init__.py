"""Tables as facts: columns mapped to keys, cells to values, findings back to cells."""
