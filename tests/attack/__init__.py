"""What no honest client would send."""
