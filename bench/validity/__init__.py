"""Is the score sound: exercises whose truth is known, scored by the product."""
