"""Files of completed sessions (FIT, TCX, GPX; alone, gzipped or in a zip), read in a process of their own.

Nothing here knows Django: `reader` is the program that the child runs.
"""

# What a file without a name is called in answers.
UNNAMED = "file"
