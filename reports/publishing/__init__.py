"""What goes to a WordPress site: the post, the talk with the site, and who may change what."""
