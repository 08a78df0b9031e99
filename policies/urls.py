"""Pages about policies. What is public comes first: strangers read it too."""

from django.urls import path

from .views import agreeing, drafts, lessons, library, reading, reviews

app_name = "policies"
urlpatterns = [
    path("public/", reading.public_list, name="public_list"),
    path("public/<slug:slug>/", reading.public, name="public"),
    path("public/<slug:slug>/file/", reading.public_file, name="public_file"),
    path("", library.library, name="library"),
    path("add/", library.add, name="add"),
    path("first/", library.first, name="first"),
    path("<uuid:pk>/", library.policy, name="policy"),
    path("<uuid:pk>/change/", library.change, name="change"),
    path("<uuid:pk>/beside/", library.companions, name="companions"),
    path("<uuid:pk>/begin/", library.begin, name="begin"),
    path("versions/<uuid:pk>/", reading.version, name="version"),
    path("versions/<uuid:pk>/changes/", reading.changes, name="changes"),
    path("versions/<uuid:pk>/file/", reading.export, name="export"),
    path("versions/<uuid:pk>/agree/", agreeing.agree, name="agree"),
    path("versions/<uuid:pk>/who/", agreeing.who, name="who"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/<uuid:pk>/", reviews.review, name="review"),
    path("reviews/<uuid:pk>/minutes/", reviews.minute, name="minute_review"),
    path("reviews/<uuid:pk>/early/", reviews.early, name="early_review"),
    path("reviews/<uuid:pk>/sign/", reviews.sign, name="sign_review"),
    path("lessons/", lessons.lessons, name="lessons"),
    path("lessons/add/", lessons.add_lesson, name="add_lesson"),
    path("lessons/<uuid:pk>/", lessons.lesson, name="lesson"),
    path("lessons/<uuid:pk>/change/", lessons.change_lesson, name="change_lesson"),
    path("lessons/<uuid:pk>/policy/", lessons.lesson_changed, name="lesson_changed"),
    path("lessons/<uuid:pk>/act/", lessons.act_on_lesson, name="act_on_lesson"),
    path("lessons/actions/<uuid:pk>/done/", lessons.finish_lesson_action, name="finish_lesson_action"),
    path("lessons/actions/<uuid:pk>/drop/", lessons.drop_lesson_action, name="drop_lesson_action"),
    path("versions/<uuid:pk>/write/", drafts.write, name="write"),
    path("versions/<uuid:pk>/bring/", drafts.bring, name="bring"),
    path("versions/<uuid:pk>/marks/", drafts.tag, name="tag"),
    path("versions/<uuid:pk>/send/", drafts.send, name="send"),
    path("versions/<uuid:pk>/throw-away/", drafts.throw_away, name="throw_away"),
    path("versions/<uuid:pk>/comment/", drafts.comment, name="comment"),
    path("versions/<uuid:pk>/ask-for-changes/", drafts.ask_for_changes, name="ask_for_changes"),
    path("versions/<uuid:pk>/approve/", drafts.approve, name="approve"),
    path("versions/<uuid:pk>/publish/", drafts.publish, name="publish"),
    path("versions/<uuid:pk>/withdraw/", drafts.withdraw, name="withdraw"),
]
