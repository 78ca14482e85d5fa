"""What is typed about roadmaps, turned into clean values."""
