"""When a VAT period is to be filed and paid: the law's rules as dated data, and an office's own dates. Pure."""
