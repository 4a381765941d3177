"""What Alembic runs: always on a connection that its caller has opened, in the caller's transaction."""

from __future__ import annotations

from alembic import context

from server.store import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
