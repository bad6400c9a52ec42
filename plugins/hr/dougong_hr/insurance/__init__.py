"""Social insurance and housing fund by place and date."""
