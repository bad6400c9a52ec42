"""What is to be done when somebody comes or goes."""
