"""Reports and diffs as text: for a terminal, for CI, for a pull request, for programs."""
