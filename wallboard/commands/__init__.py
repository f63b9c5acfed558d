"""One file per subcommand of `wallboard`."""
