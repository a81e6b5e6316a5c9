"""What `jehona explore` adds to Datasette, which loads every file of this folder by its path."""
