"""Questions about an invoice, a payment or a document: what may be asked, when, and what becomes of it."""
