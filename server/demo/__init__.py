"""Demo data as pure values: the guide's school, a second school, any number of schools; all that is not printed in the guide is invented."""
