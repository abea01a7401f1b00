"""Is this client within its share?"""
