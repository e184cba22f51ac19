"""`python -m candlelight`: what `build.py` and the console script start."""

# Worker processes import this module again under another name: only the real start may run, and
# only it needs the commands.
if __name__ == "__main__":
    import signal

    heard = signal.getsignal(signal.SIGINT)
    if heard is signal.default_int_handler:
        # Nothing has begun yet: Ctrl-C simply ends it.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from candlelight.cli import main

    signal.signal(signal.SIGINT, heard)
    raise SystemExit(main())
