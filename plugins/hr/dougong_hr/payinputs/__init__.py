"""What is entered for one month: bonuses, pieces, hours."""
