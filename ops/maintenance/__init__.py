"""Are we open? For whom, for what, and until when not?"""
