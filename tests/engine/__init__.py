"""Tests of the engines, on real servers in processes of their own."""
