"""One author: what checks a questionnaire, proves its promises, tries it on test persons. Returns words."""
