"""The demo's people, for the sign-in page."""

from django import template

from harmony.home import demo

register = template.Library()


@register.simple_tag
def demo_sign_ins():
    return demo.sign_ins()
