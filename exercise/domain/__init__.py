"""Values and rules of an exercise, free of I/O, clocks, randomness and frameworks."""
