"""What the wall is built of: widgets that draw themselves and know nothing of the café."""
