"""A finished record looked at again: any moment of it, and what might have been."""

from exercise.service.review.carried import taken_over
from exercise.service.review.fork import Fork, NothingToPlay, fork
from exercise.service.review.keep import keep
from exercise.service.review.moments import page_at, state_at

__all__ = ["Fork", "NothingToPlay", "fork", "keep", "page_at", "state_at", "taken_over"]
