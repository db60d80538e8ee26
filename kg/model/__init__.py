"""The words of kg: plain, immutable values that every other floor speaks in."""
