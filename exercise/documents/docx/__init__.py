"""A report as a Word document, poured into a template that anybody may replace."""

from exercise.documents.docx.render import TEMPLATE, TemplateRefused, render

__all__ = ["TEMPLATE", "TemplateRefused", "render"]
