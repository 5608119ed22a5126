"""askwell: a questionnaire engine in which an answer narrows a range."""
