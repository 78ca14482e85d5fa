"""Organisations, staff, accounts and roles: the ground floor on which all else counts people and schools."""
