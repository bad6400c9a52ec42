"""What a company enters first, department by department, until it is there."""
