from responsibility.models.template import AssignmentTemplate, AssignmentTemplateLine

__all__ = ["AssignmentTemplate", "AssignmentTemplateLine"]
