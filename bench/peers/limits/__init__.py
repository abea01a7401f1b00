"""Which rate limiters are measured beside ours, each with the three policies it can enforce?"""
