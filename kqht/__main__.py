"""`python -m kqht`."""

from kqht.cli import main

raise SystemExit(main())
