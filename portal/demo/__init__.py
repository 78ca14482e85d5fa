"""The demo municipality: Заречинск, an invented city with its schools, its people and its plans."""
