"""One screen per job: a Python file and its stylesheet."""
