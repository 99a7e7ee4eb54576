import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { AttachedFile, ConnectorCall, ConnectorResult, PushTarget } from "../connector.ts";
import { type ApiSettings, ask, isNotionId } from "./api.ts";
import { failureOf } from "./failure.ts";
import { PageReply, UploadReply } from "./replies.ts";

/** What one request may carry; Notion's larger files go in parts, which captures have no use for. */
const maxFileBytes = 20 * 1024 * 1024;
const maxNameLength = 900;

const File = Type.Object({
	name: Type.String(),
	external: Type.Optional(Type.Object({ url: Type.String() })),
	file: Type.Optional(Type.Object({ url: Type.String() })),
});

/**
 * Sends the bytes, then puts them beside the files that the cell holds. A file of the same name is replaced, so that doing it again
 * leaves one.
 */
export async function upload(
	settings: ApiSettings,
	call: ConnectorCall,
	work: { target: PushTarget; file: AttachedFile },
): Promise<ConnectorResult<{ id: string }>> {
	const { remoteId, columnId, contentType, bytes } = work.file;
	const name = work.file.name.slice(-maxNameLength);
	if (bytes.length > maxFileBytes) return tooLarge(name);
	if (!isNotionId(remoteId)) return failureOf({ kind: "missing" });
	const path = `pages/${remoteId}`;
	const page = await ask(settings, call, { method: "get", path, reply: PageReply });
	if (!page.ok) return failureOf(page.trouble);
	const sent = await sendFile(settings, call, { name, contentType, bytes });
	if (sent.kind !== "ok") return sent;
	const files = [
		...filesIn(page.value, columnId).filter((file) => file.name !== name),
		{ type: "file_upload", file_upload: { id: sent.value.id }, name },
	];
	const body = { properties: { [columnId]: { files } } };
	const attached = await ask(settings, call, { method: "patch", path, body, reply: PageReply });
	return attached.ok ? sent : failureOf(attached.trouble);
}

async function sendFile(
	settings: ApiSettings,
	call: ConnectorCall,
	{ name, contentType, bytes }: { name: string; contentType: string; bytes: Uint8Array },
): Promise<ConnectorResult<{ id: string }>> {
	const opened = await ask(settings, call, {
		method: "post",
		path: "file_uploads",
		body: { mode: "single_part", filename: name, content_type: contentType },
		reply: UploadReply,
	});
	if (!opened.ok) return failureOf(opened.trouble);
	const { id } = opened.value;
	const data = new Blob([Uint8Array.from(bytes)], { type: contentType });
	const path = `file_uploads/${id}/send`;
	const sent = await ask(settings, call, { method: "post", path, file: { filename: name, data }, reply: UploadReply });
	if (!sent.ok) return failureOf(sent.trouble);
	return sent.value.status === "uploaded" ? { kind: "ok", value: { id } } : failureOf({ kind: "refused", said: "" });
}

/** As they have to be sent to stay: Notion keeps a file of its own by the address it gave for it. */
function filesIn(page: PageReply, columnId: string): (Static<typeof File> & Record<string, unknown>)[] {
	const value = Object.values(page.properties).find(({ id }) => id === columnId);
	const Files = Type.Object({ files: Type.Array(File) });
	return Value.Check(Files, value) ? value.files : [];
}

function tooLarge(name: string): ConnectorResult<never> {
	return {
		kind: "refused",
		reason: "delivery/record-too-large",
		message: `“${name}” is larger than the 20 MB that Notion takes. Attach a smaller file.`,
	};
}
