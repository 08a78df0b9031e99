"""Pages of the register. What families read comes first: strangers read it too."""

from django.urls import path

from .views import assessing, controls, deciding, findings, register, security

app_name = "platforms"
urlpatterns = [
    path("public/", register.public, name="public"),
    path("", register.register, name="register"),
    path("propose/", register.propose, name="propose"),
    path("security/", security.security, name="security"),
    path("security/begin/", security.begin, name="begin_security"),
    path("security/<uuid:pk>/", security.security_review, name="security_review"),
    path("security/<uuid:pk>/look/<slug:theme>/", security.check, name="check"),
    path("security/<uuid:pk>/lacking/", security.find, name="find"),
    path("security/<uuid:pk>/sign/", security.sign, name="sign"),
    path("security/lacking/<uuid:pk>/", findings.finding, name="finding"),
    path("security/lacking/<uuid:pk>/done/", findings.mended, name="mended"),
    path("security/lacking/<uuid:pk>/give/", findings.give_finding, name="give_finding"),
    path("<uuid:pk>/", register.platform, name="platform"),
    path("<uuid:pk>/families/", register.show, name="show"),
    path("<uuid:pk>/assess/", assessing.assess, name="assess"),
    path("<uuid:pk>/again/", deciding.look_again, name="look_again"),
    path("<uuid:pk>/pause/", deciding.pause, name="pause"),
    path("<uuid:pk>/live/", deciding.go_live, name="go_live"),
    path("<uuid:pk>/retire/", deciding.retire, name="retire"),
    path("assessments/<uuid:pk>/", assessing.assessment, name="assessment"),
    path("assessments/<uuid:pk>/take-on/", assessing.take_on, name="take_on"),
    path("assessments/<uuid:pk>/write/", assessing.write, name="write"),
    path("assessments/<uuid:pk>/hazard/", assessing.add_hazard, name="add_hazard"),
    path("assessments/<uuid:pk>/hazards/<uuid:hazard>/", assessing.change_hazard, name="change_hazard"),
    path("assessments/<uuid:pk>/hazards/<uuid:hazard>/remove/", assessing.remove_hazard, name="remove_hazard"),
    path("assessments/<uuid:pk>/hazards/<uuid:hazard>/control/", assessing.add_control, name="add_control"),
    path("assessments/<uuid:pk>/controls/<uuid:control>/remove/", assessing.remove_control, name="remove_control"),
    path("assessments/<uuid:pk>/send/", assessing.send, name="send"),
    path("assessments/<uuid:pk>/hand-back/", assessing.hand_back, name="hand_back"),
    path("assessments/<uuid:pk>/approve/", deciding.approve, name="approve"),
    path("assessments/<uuid:pk>/refuse/", deciding.refuse, name="refuse"),
    path("assessments/<uuid:pk>/send-back/", deciding.send_back, name="send_back"),
    path("controls/<uuid:pk>/", controls.control, name="control"),
    path("controls/<uuid:pk>/done/", controls.done, name="control_done"),
    path("controls/<uuid:pk>/give/", controls.give, name="give_control"),
]
