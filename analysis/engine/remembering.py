"""How many words does a process remember, for each question that is asked of words?"""

# The vocabulary of most texts. Each thousand words cost about 200 kB, and texts full of words that
# nobody uses twice fill every memory to its brim.
REMEMBERED_WORDS = 20_000
