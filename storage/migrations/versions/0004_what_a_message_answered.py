"""What a message answered, so that an edited or deleted one finds its answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. Of messages seen before it is not known; to edit one of them changes nothing."""
    op.add_column("inbound", sa.Column("conversation_id", sa.Text(), nullable=True))
    op.add_column("inbound", sa.Column("name", sa.Text(), nullable=True))
    op.add_column("inbound", sa.Column("asking", sa.Integer(), nullable=True))


def downgrade() -> None:
    """There is no way back: a copy is made before every upgrade."""
    raise NotImplementedError("Restore the copy that was made before the upgrade.")
