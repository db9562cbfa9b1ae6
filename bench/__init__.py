"""Measurements, each beside a baseline taken in the same run. They judge nothing: tests do."""
