"""A pytest plugin for parallel runs, loaded with `-p`: hence before Django reads its settings from the environment."""

import os

from script.support.test_suite import separate

separate(os.environ)
