"""Sheets that people exchange with the portal, written."""
