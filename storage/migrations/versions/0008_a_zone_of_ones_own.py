"""Somebody may say themselves where they are: what their profile says is kept beside it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; until somebody says otherwise, everybody goes by their profile, as before."""
    op.add_column("person", sa.Column("profile_zone", sa.Text(), nullable=True))


def downgrade() -> None:
    """There is no way back: a copy is made before every upgrade."""
    raise NotImplementedError("Restore the copy that was made before the upgrade.")
