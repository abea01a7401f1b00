"""Who may sign in here? Django's own pages, in forms that the theme can draw."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from ops.admin.told import ToldAdmin
from ops.events import author
from ops.second_factor import devices

admin.site.unregister(User)
admin.site.unregister(Group)
# Their pages show secrets: a second factor is set up by its owner and taken away by others.
admin.site.unregister(TOTPDevice)
admin.site.unregister(StaticDevice)


@admin.register(User)
class PersonAdmin(UserAdmin, ToldAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "email", "first_name", "last_name", "is_staff", "second_factor")
    actions = ("take_second_factor",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        has_one = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        return super().get_queryset(request).annotate(has_second_factor=Exists(has_one))

    @admin.display(description="second factor", boolean=True)
    def second_factor(self, person: User) -> bool:
        return bool(person.has_second_factor)  # type: ignore[attr-defined]

    @admin.action(description="Take the second factor away (it was lost)", permissions=["change"])
    def take_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        actor = author(request.user)
        taken = [person for person in queryset if devices.take_away(person, actor=actor)]
        self.message_user(request, f"{len(taken)} taken away.")


@admin.register(Group)
class PersonGroupAdmin(GroupAdmin, ToldAdmin):
    pass
