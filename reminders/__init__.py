"""Reads every column and reminds people of what they owe: reports to nobody, asks all."""
