"""What follows from the data and as_of: pure functions, no clock, no files."""
