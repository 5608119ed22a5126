"""Other engines that score questionnaires, each in a process of its own, installed apart from the project."""
