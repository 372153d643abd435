from django.urls import path

from .views import paper

app_name = "plans"
urlpatterns = [
    path("plans/<int:pk>/export/", paper.plan_export, name="export"),
    path("plans/<int:pk>/export/start/", paper.plan_export_start, name="export_start"),
    path("plans/<int:pk>/paper/", paper.plan_preview, name="preview"),
    path("plans/<int:pk>/paper.pdf", paper.plan_pdf, name="pdf"),
    path("plans/<int:pk>/paper.<str:extension>", paper.plan_file, name="file"),
]
