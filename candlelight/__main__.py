"""`python -m candlelight`: what `build.py` and the console script start."""

from candlelight.cli import main

# Worker processes re-import this module under another name: only the real start may run.
if __name__ == "__main__":
    raise SystemExit(main())
