"""What the package is made of beside its API: none of it is for callers."""
