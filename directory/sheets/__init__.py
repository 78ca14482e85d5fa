"""Sheets that people fill in a spreadsheet: their columns, and what is read from a file; knows no Django."""
