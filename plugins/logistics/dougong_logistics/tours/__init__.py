"""The plan of a day, and the tours it becomes."""
