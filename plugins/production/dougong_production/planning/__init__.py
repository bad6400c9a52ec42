"""What to make and what to buy, and when: master plan, material requirements, lot sizes."""
