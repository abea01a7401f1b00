"""How does work get done later, once, and in the right order?"""
