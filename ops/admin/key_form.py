"""What do staff decide about an API key?"""

from ipaddress import ip_network
from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminTextareaWidget

from ops.models import ApiKey, Scope


class NetworksField(forms.CharField):
    """A network a line; the rows keep a list."""

    widget = UnfoldAdminTextareaWidget

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [_network(line) for line in str(value or "").split()]


def _network(text: str) -> str:
    try:
        return str(ip_network(text))
    except ValueError as error:
        raise forms.ValidationError(f"No network: {error}.") from error


class ApiKeyForm(forms.ModelForm):
    scopes = forms.MultipleChoiceField(
        choices=Scope.choices, initial=Scope.values, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )
    allowed_networks = NetworksField(
        required=False,
        help_text="One address or network a line, such as 203.0.113.0/24. Empty: from anywhere.",
    )

    class Meta:
        model = ApiKey
        fields = ("scopes", "allowed_networks", "expires_at")
