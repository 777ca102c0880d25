"""The rows of a thread, for `thread/_log.html`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template import Library

from comptoir.web.thread.kept import row_html

if TYPE_CHECKING:
    from django.template.context import RequestContext
    from django.utils.safestring import SafeString

    from comptoir.web.thread.rows import Row

register = Library()


@register.simple_tag(takes_context=True)
def row(context: RequestContext, item: Row) -> SafeString:
    return row_html(
        context["request"], item, conversation=context["thread"].conversation, member=context["member"]
    )
