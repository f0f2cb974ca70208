from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts.enums import AccountsEvent
        from accounts.errors import DutyTaken
        from accounts.selectors import notice_texts
        from core.constraints import explain_constraint
        from core.events import register_kinds

        register_kinds(AccountsEvent)
        notice_texts.register_own()
        explain_constraint(
            "one_accountable_person", DutyTaken.default_message, field="starts_on", code=DutyTaken.code
        )
        explain_constraint("responsibility_dates", _("The end lies before the beginning."), field="ends_on")
        explain_constraint("responsibility_stand_in_other", _("The stand-in must be somebody else."), field="stand_in")
        explain_constraint("accounts_distributor_code_key", _("There is a distributor with this code."), field="code")
        explain_constraint("distributor_currency_iso", _("A currency is three capital letters."), field="currency")
        explain_constraint("accounts_user_email_key", _("Somebody has this e-mail address already."), field="email")
