# Help, palette, tour.
