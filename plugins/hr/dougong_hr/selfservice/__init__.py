"""One's own desk: leave, hours, pay, claims and what waits for one."""
