"""A document made elsewhere becomes one sheet of cells, and the sheet becomes one understood roadmap."""
