"""What the commands in `script/` and the container image share. Standard library only, unless a module says otherwise:
most of it runs before anything is installed."""
