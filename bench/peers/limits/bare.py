"""The view that all stacks stand before: it answers, and does nothing else."""

from rest_framework.response import Response
from rest_framework.views import APIView


class Bare(APIView):
    def get(self, request):
        return Response({"status": "ok"})
