"""Providers who hand mails over by a webhook, as django-anymail calls them, and the class of it that understands each."""

from __future__ import annotations

# Those whose call carries the whole mail. Others make us fetch it from them, which no page may wait for.
VIEWS = {
    "mailersend": "MailerSendInboundWebhookView",
    "mailgun": "MailgunInboundWebhookView",
    "mailjet": "MailjetInboundWebhookView",
    "postal": "PostalInboundWebhookView",
    "postmark": "PostmarkInboundWebhookView",
    "sendgrid": "SendGridInboundWebhookView",
    "sparkpost": "SparkPostInboundWebhookView",
}
