"""When an outlet is asked again, when somebody is told, and what is out of the ordinary. Pure."""
