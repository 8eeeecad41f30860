"""On-call and backup may be named by e-mail: the digest that finds them in the roster."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both columns; who was named before is found by name, as before."""
    for name in ("on_call_digest", "backup_digest"):
        op.add_column("safety_contact", sa.Column(name, sa.Text(), nullable=True))


def downgrade() -> None:
    """There is no way back: a copy is made before every upgrade."""
    raise NotImplementedError("Restore the copy that was made before the upgrade.")
