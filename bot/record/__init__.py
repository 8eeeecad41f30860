"""What is known about a manager, for that manager alone: the record, its export, the note, the weeks.

Nothing here is for anybody else's eyes, and no copy of it is written anywhere: it is made when it is
looked at.
"""

from bot.record.export import as_json
from bot.record.note import evidence_of, works_of
from bot.record.reading import Record, record_of
from bot.record.weeks import weeks_of

__all__ = ["Record", "as_json", "evidence_of", "record_of", "weeks_of", "works_of"]
