"""Products: goods and services, their categories, bar codes and suppliers."""
