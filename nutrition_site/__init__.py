"""The project package.

It loads nothing: the readers of strangers' files are processes of their own and take small modules from below here.
"""
