"""The front door: opens every other door, and no door opens it."""
