"""The office side: what each button does, and the talk with the service."""
