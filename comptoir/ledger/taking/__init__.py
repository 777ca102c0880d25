"""What a file says becomes rows, in the transaction of the import that took it. `whole.take` is the way in."""
