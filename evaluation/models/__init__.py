from evaluation.models.run import Complaint, CriterionScore, Evaluation, EvaluationRun
from evaluation.models.scorecard import Criterion, Scorecard

__all__ = ["Complaint", "Criterion", "CriterionScore", "Evaluation", "EvaluationRun", "Scorecard"]
