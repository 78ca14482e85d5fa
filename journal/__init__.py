"""Who did what, when and why: shows the history that the records keep."""
