"""One module a command: ``add`` says its arguments, ``run`` does it and returns the exit code."""
