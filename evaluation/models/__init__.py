from evaluation.models.run import CriterionScore, Evaluation, EvaluationRun
from evaluation.models.scorecard import Criterion, Scorecard

__all__ = ["Criterion", "CriterionScore", "Evaluation", "EvaluationRun", "Scorecard"]
