"""What holds for any bytes in the place of a fact file, and a fuzzer that looks for exceptions."""
