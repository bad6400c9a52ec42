"""Working days, and the public holidays that calendars are filled with."""
