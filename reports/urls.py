"""Addresses of papers, in the order of the menu; the public one is short, for a code on paper leads to it."""

from django.urls import path

from reports.views import bundles, checks, clauses, destructions, editions, orders, papers, parts, registers

app_name = "reports"

urlpatterns = [
    path("orders/", orders.OrderList.as_view(), name="order-list"),
    path("orders/roadmaps/<int:pk>/approve/", orders.ApprovalDrawUp.as_view(), name="approval-draw-up"),
    path("orders/roadmaps/<int:pk>/amend/", orders.AmendmentDrawUp.as_view(), name="amendment-draw-up"),
    path("orders/roadmaps/<int:pk>/pdf/", papers.RoadmapPdf.as_view(), name="roadmap-pdf"),
    path("orders/roadmaps/<int:pk>/docx/", papers.RoadmapDocx.as_view(), name="roadmap-docx"),
    path("orders/<int:pk>/", orders.OrderDetail.as_view(), name="order-detail"),
    path("orders/<int:pk>/parts/<slug:part>/", parts.OrderPart.as_view(), name="order-part"),
    path("orders/<int:pk>/choices/<slug:part>/", parts.OrderChoose.as_view(), name="order-choose"),
    path("orders/<int:pk>/wordings/", parts.OrderWording.as_view(), name="order-wording"),
    path("orders/<int:pk>/changes/", orders.OrderWordChanges.as_view(), name="order-word-changes"),
    path("orders/<int:pk>/review/", orders.OrderReview.as_view(), name="order-review"),
    path("orders/<int:pk>/sheets/", papers.OrderSheets.as_view(), name="order-sheets"),
    path("orders/<int:pk>/sheets/<slug:key>/<int:page>/", papers.OrderSheet.as_view(), name="order-sheet"),
    path("orders/<int:pk>/pdf/", papers.OrderPdf.as_view(), name="order-pdf"),
    path("orders/<int:pk>/docx/", papers.OrderDocx.as_view(), name="order-docx"),
    path("orders/<int:pk>/register/", orders.OrderRegister.as_view(), name="order-register"),
    path("orders/<int:pk>/discard/", orders.OrderDiscard.as_view(), name="order-discard"),
    path("orders/<int:pk>/history/", orders.OrderHistory.as_view(), name="order-history"),
    path("orders/<int:pk>/clauses/add/", clauses.ClauseAdd.as_view(), name="clause-add"),
    path("orders/clauses/<int:pk>/text/", clauses.ClauseText.as_view(), name="clause-text"),
    path("orders/clauses/<int:pk>/move/", clauses.ClauseMove.as_view(), name="clause-move"),
    path("orders/clauses/<int:pk>/level/", clauses.ClauseLevel.as_view(), name="clause-level"),
    path("orders/clauses/<int:pk>/remove/", clauses.ClauseRemove.as_view(), name="clause-remove"),
    path("orders/clauses/<int:pk>/restore/", clauses.ClauseRestore.as_view(), name="clause-restore"),
    path("orders/bundles/add/", bundles.BundleAdd.as_view(), name="bundle-add"),
    path("orders/bundles/<int:pk>/", bundles.BundleDetail.as_view(), name="bundle-detail"),
    path("orders/bundles/<int:pk>/download/", bundles.BundleDownload.as_view(), name="bundle-download"),
    path("orders/registers/", registers.RegisterList.as_view(), name="register-list"),
    path("orders/registers/add/", registers.RegisterAdd.as_view(), name="register-add"),
    path("orders/registers/<int:pk>/", registers.RegisterDetail.as_view(), name="register-detail"),
    path("orders/registers/<int:pk>/edit/", registers.RegisterEdit.as_view(), name="register-edit"),
    path("orders/registers/<int:pk>/history/", registers.RegisterHistory.as_view(), name="register-history"),
    path("orders/editions/<int:pk>/", editions.EditionDetail.as_view(), name="edition-detail"),
    path("orders/editions/<int:pk>/changes/", editions.EditionChanges.as_view(), name="edition-changes"),
    path("check/<slug:code>/", checks.OrderCheck.as_view(), name="order-check"),
    path("destructions/staff/<int:pk>/draw-up/", destructions.DestructionDrawUp.as_view(), name="destruction-draw-up"),
    path("destructions/", destructions.DestructionList.as_view(), name="destruction-list"),
    path("destructions/<int:pk>/", destructions.DestructionDetail.as_view(), name="destruction-detail"),
    path("destructions/<int:pk>/pdf/", destructions.DestructionPdf.as_view(), name="destruction-pdf"),
    path("destructions/<int:pk>/log/", destructions.DestructionLog.as_view(), name="destruction-log"),
]
