"""What changed between two versions of a questionnaire, and who would be told something different.

phones     the ways to reach services, the first thing to look at
words      what changed in the file, part by part, in words
two_worlds the same person in both versions, exactly, for z3
told       for each outcome, step, alert and service somebody who is told something else, or a proof of nobody
on_a_page  all of it as one page for a review meeting
"""
