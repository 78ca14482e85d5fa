"""What is typed into the directory."""
