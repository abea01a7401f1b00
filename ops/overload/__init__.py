"""Can this service take one more request, and if not everybody's, whose?"""
