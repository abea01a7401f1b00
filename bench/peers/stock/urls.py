"""Submit, read, and a probe."""

from django.http import HttpResponse
from django.urls import path
from django_q.tasks import async_task
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from bench.peers.stock.models import Text


class TextSerializer(serializers.ModelSerializer):
    class Meta:
        model = Text
        fields = ("id", "content", "report")
        read_only_fields = ("report",)


class Texts(APIView):
    def post(self, request):
        serializer = TextSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        text = serializer.save()
        async_task("bench.peers.stock.tasks.run", text.pk)
        return Response(serializer.data, status=202)


class OneText(APIView):
    def get(self, request, pk):
        return Response(TextSerializer(Text.objects.get(pk=pk)).data)


urlpatterns = [
    path("livez", lambda request: HttpResponse("ok\n")),
    path("api/v1/analyses", Texts.as_view()),
    path("api/v1/analyses/<int:pk>", OneText.as_view()),
]
