"""A text and, once a worker has been there, its report."""

from django.db import models


class Text(models.Model):
    content = models.TextField()
    report = models.TextField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)
