"""Dates, sums, shares, quantities and other figures in a text, found by a grammar of ours; English is written out here."""
