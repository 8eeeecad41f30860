"""What asking a model cost, and who does not want one to be asked in their talks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, and the wish with each person: nobody has said no before they could."""
    op.create_table(
        "model_call",
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("tokens_in", sa.Integer(), nullable=False),
        sa.Column("tokens_out", sa.Integer(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.organisation_id"], name=op.f("fk_model_call_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_model_call_person"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_model_call")),
    )
    op.create_index("ix_model_call_person", "model_call", ["organisation_id", "person_id", "at"])
    op.create_index("ix_model_call_at", "model_call", ["organisation_id", "at"])
    op.add_column(
        "person", sa.Column("without_model", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    """There is no way back: a copy is made before every upgrade."""
    raise NotImplementedError("Restore the copy that was made before the upgrade.")
