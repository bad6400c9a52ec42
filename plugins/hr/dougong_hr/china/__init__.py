"""Pay in China: income tax by cumulative withholding, social insurance, housing fund."""
