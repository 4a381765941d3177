"""The command `kqht`: the one place where the office side and the service meet."""
