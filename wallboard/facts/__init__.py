"""What events mean: pure functions from the events of one entity to its facts. No I/O."""
