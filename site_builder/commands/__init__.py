"""All commands that communicate with the outside world; builds never call them."""
