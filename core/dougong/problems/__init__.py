"""What went wrong while people worked: grouped, counted, kept until somebody has looked at it."""
