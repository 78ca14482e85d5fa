"""The floor: the barest hand-written Django pages of the same size, without rights, history or understanding."""
