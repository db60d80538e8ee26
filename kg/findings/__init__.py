"""What a reader should know first, in sentences made from the data, each with its claims."""
