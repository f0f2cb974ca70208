"""Templates of assignment for tests."""

import factory
from factory.django import DjangoModelFactory

from responsibility.models import AssignmentTemplate, AssignmentTemplateLine
from tests.factories.accounts import DutyFactory, ManagerFactory


class AssignmentTemplateFactory(DjangoModelFactory[AssignmentTemplate]):
    class Meta:
        model = AssignmentTemplate

    code = factory.Sequence(lambda number: f"template{number}")
    name = factory.Sequence(lambda number: f"Template {number}")


class AssignmentTemplateLineFactory(DjangoModelFactory[AssignmentTemplateLine]):
    class Meta:
        model = AssignmentTemplateLine

    template = factory.SubFactory(AssignmentTemplateFactory)
    duty = factory.SubFactory(DutyFactory)
    person = factory.SubFactory(ManagerFactory)
