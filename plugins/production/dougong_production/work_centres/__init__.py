"""Where work is done: machines, benches, teams."""
