"""Providers that tell by a webhook what became of a mail, and the class of django-anymail that understands each."""

from __future__ import annotations

VIEWS = {
    "brevo": "BrevoTrackingWebhookView",
    "mailersend": "MailerSendTrackingWebhookView",
    "mailgun": "MailgunTrackingWebhookView",
    "mailjet": "MailjetTrackingWebhookView",
    "postal": "PostalTrackingWebhookView",
    "postmark": "PostmarkTrackingWebhookView",
    "resend": "ResendTrackingWebhookView",
    "sendgrid": "SendGridTrackingWebhookView",
    "sparkpost": "SparkPostTrackingWebhookView",
}
# Those that give back with an event what was sent with the mail. Of the others an event tells of the address only.
WITH_METADATA = set(VIEWS) - {"mailersend", "postal"}
METADATA = "mail"  # under which the id of our mail goes along
