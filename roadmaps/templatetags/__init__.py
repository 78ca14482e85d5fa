"""Parts of roadmaps that pages of the directory show."""
