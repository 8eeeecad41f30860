"""What a sent summary shares: to whom it went, and with each fact the summary that shows it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SHAREABLE = (
    "assignment", "before", "change", "confirmation", "decision", "forecast", "friction", "measured",
    "minding", "moved", "obstacle", "output", "reading", "reflection", "stake",
)  # fmt: skip


def upgrade() -> None:
    """Add the columns. What was sent before shares its words and no fact."""
    for name, default in (("shares", ""), ("language", "en"), ("coach_id", "")):
        op.add_column("sent_summary", sa.Column(name, sa.Text(), nullable=False, server_default=default))
    for table in SHAREABLE:
        op.add_column(table, sa.Column("shared_in", sa.Text(), nullable=True))


def downgrade() -> None:
    """There is no way back: a copy is made before every upgrade."""
    raise NotImplementedError("Restore the copy that was made before the upgrade.")
