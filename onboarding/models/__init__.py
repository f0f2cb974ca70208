from onboarding.models.application import Application, ApplicationFile, ApplicationMark
from onboarding.models.onboarding import Certificate, Onboarding, OnboardingStep
from onboarding.models.policy import ScreeningPolicy
from onboarding.models.template import Template, TemplateDuty, TemplateStep

__all__ = [
    "Application",
    "ApplicationFile",
    "ApplicationMark",
    "Certificate",
    "Onboarding",
    "OnboardingStep",
    "ScreeningPolicy",
    "Template",
    "TemplateDuty",
    "TemplateStep",
]
