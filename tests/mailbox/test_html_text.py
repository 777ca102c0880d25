"""comptoir.mailbox.html_text: pages of mail programs as plain text. Pure, no database."""

from __future__ import annotations

import pytest

from comptoir.mailbox.html_text import RULE, text_of_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<P CLASS=MsoNormal>one</P><p class=MsoNormal>&nbsp;</p><p class='MsoNormal'>two</p>", "one\n\ntwo"),
        ("<div>one<br></div><div><br></div><div>two</div>", "one\n\ntwo"),
        ("one<br>two<br/>three<br />", "one\ntwo\nthree"),
        ("  a \n\t b<b>c</b>  d&nbsp;&amp;&eacute;&#8364; ", "a bc d &é€"),
        ("<ul><li>a</li><li>b</ul>c", "- a\n- b\nc"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>", "a b\nc"),
        ("<pre>a  b\n c\r\n\nd</pre> e  f", "a  b\n c\n\nd\ne f"),
        ("a<hr>b", f"a\n{RULE}\nb"),
        ("<blockquote type=cite>a<blockquote>b</blockquote>c</blockquote>d", "> a\n>> b\n> c\nd"),
        ("a<blockquote><p>b</p><p>c</p></blockquote>", "a\n>\n> b\n>\n> c"),
        ('<blockquote style="margin:0 0 0 40px; border: none">mine</blockquote>', "mine"),
        ('<blockquote style="border:none;border-left:solid blue">theirs</blockquote>', "> theirs"),
        ("a</blockquote>b", "a\nb"),
        ("<blockquote>" * 40 + "a", ">" * 10 + " a"),
        ('a<div class="gmail_signature">me</div>', "a\n-- \nme"),
        ("<div id=Signature>me</div>", "-- \nme"),
        ('<div class="signature-free">me</div>', "me"),
        ('<a href="https://x.be/y">the page</a>', "the page <https://x.be/y>"),
        (
            '<a href="https://www.x.be/">x.be</a> <a href=mailto:a@b.be>write</a> <a href="https://x.be"></a></a>',
            "x.be write",
        ),
        ("<a href=javascript:x>y</a>", "y"),
        ("<img alt=👍 src=x> <img alt='logo'><img>", "👍"),
        ("<head><title>no</title><style>p{}</style></head><body>yes", "yes"),
        ("<head><style>x</style><body>yes</body>", "yes"),
        ("<style>a > b</style>yes<script>no</script>", "yes"),
        ("<script>never ends", ""),
        ("a<!-- > no -->b<!-- never ends", "ab"),
        ("<!DOCTYPE html><?xml x?><![if !mso]>a<![endif]></>b", "ab"),
        ("1 < 2 <3 <é a <", "1 < 2 <3 <é a <"),
        ("<a title=\"x > y\" href='https://x.be'>z</a>", "z <https://x.be>"),
        ('<img title="never closed>a<b>c', "ac"),
        ("<img title=it's>a", "a"),
        ("<img never ends", ""),
        ("", ""),
    ],
)
def test_pages(html: str, text: str) -> None:
    assert text_of_html(html) == text
