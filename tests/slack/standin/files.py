"""Files of the app on their way into a channel: an address is asked for, bytes go there, then it is shared.
Rules: docs.slack.dev/reference/methods/files.getUploadURLExternal and files.completeUploadExternal.
"""

from __future__ import annotations

from tests.slack.standin.chat import from_app, may_write
from tests.slack.standin.ledger import Kind
from tests.slack.standin.methods import Asked, method
from tests.slack.standin.wire import Payload, Refused, refused_arguments
from tests.slack.standin.world import Upload


@method("files.getUploadURLExternal", 4, "files:write")
def upload_address(asked: Asked) -> Payload:
    name, length = asked.text("filename"), asked.text("length")
    if not length.isdigit() or length == "0":
        raise refused_arguments("must be a positive integer [json-pointer:/length]")
    made = Upload(asked.world.name("F"), name, int(length), name)
    asked.world.uploads[made.id] = made
    return {"upload_url": f"{asked.world.address}/upload/{made.id}", "file_id": made.id}


@method("files.completeUploadExternal", 4, "files:write")
def complete(asked: Asked) -> Payload:
    given = asked.structure("files", "invalid_arguments")
    if not isinstance(given, list) or not given:
        raise refused_arguments("missing required field: files")
    done = []
    for each in given:
        upload = asked.world.uploads.get(str(each.get("id")))
        if upload is None or upload.bytes is None:
            raise Refused("file_not_found")
        upload.title = str(each.get("title") or upload.name)
        done.append(upload)
    channel_id = asked.maybe("channel_id")
    if channel_id:
        workspace, channel = asked.world.channel(asked.grant, channel_id)
        may_write(workspace, channel)
        message = from_app(
            asked.world,
            workspace,
            text=asked.maybe("initial_comment") or "",
            blocks=[],
            files=[file_payload(each, workspace.bot.id) for each in done],
            thread_ts=asked.maybe("thread_ts"),
            subtype="file_share",
        )
        asked.world.put(workspace, channel, message, Kind.FILE)
    return {"files": [{"id": each.id, "title": each.title} for each in done]}


@method("files.delete", 3, "files:write")
def delete(asked: Asked) -> Payload:
    """docs.slack.dev/reference/methods/files.delete"""
    if asked.world.uploads.pop(asked.text("file"), None) is None:
        raise Refused("file_not_found")
    return {}


def file_payload(upload: Upload, user: str) -> Payload:
    """A file as messages show it."""
    ending = upload.name.rpartition(".")[2]
    return {
        "id": upload.id,
        "name": upload.name,
        "title": upload.title,
        "mimetype": "application/octet-stream",
        "filetype": ending,
        "user": user,
        "size": upload.length,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "editable": False,
        "has_rich_preview": False,
    }
