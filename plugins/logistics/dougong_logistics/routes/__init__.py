"""Finding good routes: arithmetic without a session."""
