"""Control limits that were found once and hold until somebody releases them."""
