"""Other people's sheets: what their headers mean, whose rows they hold, and what of them may come into a class. Pure."""
