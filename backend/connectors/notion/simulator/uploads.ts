import type { Call } from "./call.ts";
import { invalid, notFound, ok, type Reply } from "./replies.ts";
import { makeId, type Upload } from "./state.ts";

const maxSinglePartBytes = 20 * 1024 * 1024;

/** `POST /file_uploads` */
export function createUpload(call: Call): Reply {
	const { mode = "single_part", filename, content_type: contentType } = call.body;
	if (mode !== "single_part") return invalid("Only single_part uploads are understood here.");
	call.needWrite();
	const upload: Upload = {
		id: makeId(),
		status: "pending",
		name: typeof filename === "string" ? filename : "file",
		contentType: typeof contentType === "string" ? contentType : "application/octet-stream",
		bytes: new Uint8Array(),
	};
	call.world.uploads.set(upload.id, upload);
	return ok(uploadObject(upload));
}

/** `POST /file_uploads/{id}/send`: one multipart form with the field `file`. */
export function sendUpload(call: Call): Reply {
	const upload = uploadOf(call);
	if (call.file === null) return invalid("body failed validation: body.file should be defined.");
	if (upload.status !== "pending") return invalid("This file upload has been sent already.");
	if (call.file.bytes.length > maxSinglePartBytes) return invalid("The file is too large to be sent in a single part.");
	if (essence(call.file.type) !== essence(upload.contentType))
		return invalid("The content type is not the one the upload was made with.");
	upload.bytes = call.file.bytes;
	upload.status = "uploaded";
	return ok(uploadObject(upload));
}

/** `GET /file_uploads/{id}` */
export function getUpload(call: Call): Reply {
	return ok(uploadObject(uploadOf(call)));
}

function uploadOf(call: Call): Upload {
	return call.world.uploads.get(call.segments[1] ?? "") ?? notFound("file_upload", call.segments[1] ?? "");
}

function uploadObject({ id, status, name, contentType, bytes }: Upload): Record<string, unknown> {
	return {
		object: "file_upload",
		id,
		status,
		filename: name,
		content_type: contentType,
		content_length: bytes.length,
		upload_url: `https://api.notion.invalid/v1/file_uploads/${id}/send`,
	};
}

/** A text's type may come with its character set. */
function essence(contentType: string): string {
	return contentType.split(";")[0]?.trim() ?? "";
}
