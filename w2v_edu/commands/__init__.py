"""The command line, one file a command: `configure(parser)` says what it takes, `run(args)` does it."""
