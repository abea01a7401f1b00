"""What does one text say about itself? Pure Python: a request in, a report out."""
