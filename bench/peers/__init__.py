"""Other people's products doing the same user-visible work, each in an environment of its own."""
