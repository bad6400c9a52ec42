"""Running the house: settings, jobs, letters, health, figures for those who watch it."""
