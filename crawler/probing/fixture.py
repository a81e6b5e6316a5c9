"""A look's answers as an offline fixture: their shape, and none of their words."""
