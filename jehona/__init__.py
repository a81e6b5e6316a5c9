"""What people do with it: actions, and their views in a terminal and a browser."""
