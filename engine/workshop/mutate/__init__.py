"""Change one number, cut-off, condition or operator of a questionnaire at a time: does a case or a guarantee notice?

terms      the small changes of one condition or calculation
mutants    every change of a questionnaire, each with its place and in words
noticed    who notices a change: a case, else a guarantee that it can concern
score      all of them, on several processes
"""
