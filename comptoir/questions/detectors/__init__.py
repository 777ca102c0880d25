"""What of the data raises a question. Each module is one family; each function yields drafts and asks nobody."""
