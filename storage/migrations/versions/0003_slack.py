"""Slack: where the app is installed, who is no longer reached there, and cards that show their answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KINDS = "kind IN ('say', 'wake', 'open', 'fetch', 'alert', 'settle')"
OPEN = sa.text("state IN ('ready', 'sending', 'unknown')")
ALONE = sa.text("conversation_id IS NULL")


def upgrade() -> None:
    """Make the tables, and let jobs settle cards."""
    _installations()
    with op.batch_alter_table("address", copy_from=_address()) as address:
        address.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
        address.add_column(sa.Column("ended_why", sa.Text(), nullable=True))
        address.add_column(sa.Column("status_before", sa.Text(), nullable=True))
        address.create_check_constraint(
            op.f("ck_address_ended_for_a_reason"), "(ended_at IS NULL) = (ended_why IS NULL)"
        )
    with op.batch_alter_table("job", copy_from=_job()) as job:
        job.drop_constraint(op.f("ck_job_kind"), type_="check")
        job.create_check_constraint(op.f("ck_job_kind"), KINDS)


def downgrade() -> None:
    """There is no way back: a copy is made before every upgrade."""
    raise NotImplementedError("Restore the copy that was made before the upgrade.")


def _installations() -> None:
    op.create_table(
        "slack_bot",
        *_where(),
        sa.Column("renewing_by", sa.Text(), nullable=True),
        sa.Column("renewing_until", sa.DateTime(timezone=True), nullable=True),
        *_keys("slack_bot"),
    )
    op.create_index(
        "ix_slack_bot_where", "slack_bot", ["client_id", "enterprise_id", "team_id", "installed_at"]
    )
    op.create_table(
        "slack_installation",
        *_where(),
        sa.Column("enterprise_url", sa.Text(), nullable=True),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("user_token", sa.Text(), nullable=True),
        sa.Column("user_scopes", sa.Text(), nullable=True),
        sa.Column("user_refresh_token", sa.Text(), nullable=True),
        sa.Column("user_token_expires_at", sa.DateTime(), nullable=True),
        sa.Column("incoming_webhook_url", sa.Text(), nullable=True),
        sa.Column("incoming_webhook_channel", sa.Text(), nullable=True),
        sa.Column("incoming_webhook_channel_id", sa.Text(), nullable=True),
        sa.Column("incoming_webhook_configuration_url", sa.Text(), nullable=True),
        sa.Column("token_type", sa.Text(), nullable=True),
        *_keys("slack_installation"),
    )
    op.create_index(
        "ix_slack_installation_where",
        "slack_installation",
        ["client_id", "enterprise_id", "team_id", "user_id", "installed_at"],
    )
    op.create_table(
        "slack_state",
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("expire_at", sa.DateTime(), nullable=False),
        *_keys("slack_state"),
    )
    op.create_index("ix_slack_state_state", "slack_state", ["state"])


def _where() -> list[sa.Column[object]]:
    return [
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("app_id", sa.Text(), nullable=False),
        sa.Column("enterprise_id", sa.Text(), nullable=True),
        sa.Column("enterprise_name", sa.Text(), nullable=True),
        sa.Column("team_id", sa.Text(), nullable=True),
        sa.Column("team_name", sa.Text(), nullable=True),
        sa.Column("bot_token", sa.Text(), nullable=True),
        sa.Column("bot_id", sa.Text(), nullable=True),
        sa.Column("bot_user_id", sa.Text(), nullable=True),
        sa.Column("bot_scopes", sa.Text(), nullable=True),
        sa.Column("bot_refresh_token", sa.Text(), nullable=True),
        sa.Column("bot_token_expires_at", sa.DateTime(), nullable=True),
        sa.Column("is_enterprise_install", sa.Boolean(), nullable=False),
        sa.Column("installed_at", sa.DateTime(), nullable=False),
    ]


def _keys(name: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.organisation_id"], name=op.f(f"fk_{name}_organisation")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f(f"pk_{name}")),
    ]


# SQLite changes a rule of a table by making the table anew, so both are told here as they stood before.


def _address() -> sa.Table:
    return sa.Table(
        "address",
        sa.MetaData(),
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("platform_id", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        *_person_keys("address", "channel", "digest"),
        sa.UniqueConstraint("organisation_id", "person_id", "channel", name="uq_address_person"),
    )


def _job() -> sa.Table:
    return sa.Table(
        "job",
        sa.MetaData(),
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("asking", sa.Integer(), nullable=False),
        sa.Column("again", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("nudge", sa.Text(), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("due_at", "try_at")),
        sa.Column("use_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        *(
            sa.Column(name, sa.DateTime(timezone=True), nullable=True)
            for name in ("lease_until", "finished_at", "answered_at")
        ),
        sa.Column("sent_ref", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('say', 'wake', 'open', 'fetch', 'alert')", name="ck_job_kind"),
        sa.CheckConstraint(
            "state <> 'sending' OR (lease_owner IS NOT NULL AND lease_until IS NOT NULL)",
            name="ck_job_lease",
        ),
        sa.CheckConstraint(
            "state IN ('ready', 'sending', 'sent', 'done', 'unknown', 'dead', 'dropped')",
            name="ck_job_state",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "conversation_id"],
            ["conversation.organisation_id", "conversation.id"],
            name="fk_job_conversation",
        ),
        *_person_keys("job", "id"),
        sa.UniqueConstraint(
            "organisation_id", "conversation_id", "kind", "name", "asking", "again", name="uq_job_once"
        ),
        sa.Index("ix_job_open", "try_at", sqlite_where=OPEN, postgresql_where=OPEN),
        sa.Index("ix_job_person", "organisation_id", "person_id", "seq"),
        sa.Index(
            "ux_job_once_for_person",
            *("organisation_id", "person_id", "kind", "name", "asking", "again"),
            unique=True,
            sqlite_where=ALONE,
            postgresql_where=ALONE,
        ),
    )


def _person_keys(name: str, *key: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=f"fk_{name}_person",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.organisation_id"], name=f"fk_{name}_organisation"
        ),
        sa.PrimaryKeyConstraint("organisation_id", *key, name=f"pk_{name}"),
    ]
