"""What went where: facts that never change."""
