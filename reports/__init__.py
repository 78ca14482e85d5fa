"""What is read on paper: orders with their annexes, drawn once and kept."""
