"""Roadmaps: approved plans of work, their items, deadlines and execution."""
