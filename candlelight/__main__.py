"""`python -m candlelight`: what `build.py` and the console script start."""

# Worker processes import this module again under another name: only the real start may run, and
# only it needs the commands.
if __name__ == "__main__":
    from candlelight.cli import main

    raise SystemExit(main())
