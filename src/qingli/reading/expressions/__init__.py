"""Islands in the prose: schedules, quantities, actors, channels, coverage, evidence, blanks."""
