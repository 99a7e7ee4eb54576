import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { AttachedFile, ConnectorCall, ConnectorResult, PushTarget } from "../connector.ts";
import { type ApiSettings, ask } from "./api.ts";
import { rowsFailure } from "./push-failure.ts";
import { RowReply } from "./replies.ts";
import { tablePath } from "./rows.ts";

/** Above it Airtable takes a file only from a public address. */
const maxBytes = 5 * 1024 * 1024;

const Files = Type.Array(
	Type.Object({
		id: Type.String(),
		filename: Type.Optional(Type.String()),
		size: Type.Optional(Type.Number()),
	}),
);

/**
 * Adds a file to the ones in a cell. An upload that is done twice adds two files, so a file of this name and size that is there already
 * is taken as the one whose reply was lost.
 */
export async function upload(
	settings: ApiSettings,
	call: ConnectorCall,
	{ target, file }: { target: PushTarget; file: AttachedFile },
): Promise<ConnectorResult<{ id: string }>> {
	if (file.bytes.length > maxBytes) return tooLarge(settings.title);
	const row = encodeURIComponent(file.remoteId);
	const before = await ask(settings, call, {
		method: "GET",
		path: `${tablePath(target)}/${row}?returnFieldsByFieldId=true`,
		reply: RowReply,
	});
	if (!before.ok) return rowsFailure(settings.title, before.trouble);
	const known = filesIn(before.value.fields[file.columnId]).find(
		({ filename, size }) => filename === file.name && size === file.bytes.length,
	);
	if (known !== undefined) return { kind: "ok", value: { id: known.id } };
	const answer = await ask(settings, call, {
		method: "POST",
		host: "content",
		path: `/${encodeURIComponent(target.containerId)}/${row}/${encodeURIComponent(file.columnId)}/uploadAttachment`,
		json: {
			contentType: file.contentType,
			filename: file.name,
			file: Buffer.from(file.bytes).toString("base64"),
		},
		reply: RowReply,
	});
	if (!answer.ok) return rowsFailure(settings.title, answer.trouble);
	// Whether the reply goes by column id or name is not documented; it has that one column alone.
	const { fields } = answer.value;
	const id = filesIn(fields[file.columnId] ?? Object.values(fields)[0]).at(-1)?.id;
	return id === undefined
		? rowsFailure(settings.title, { kind: "provider", afterMs: 2_000 })
		: { kind: "ok", value: { id } };
}

function tooLarge(title: string): ConnectorResult<never> {
	const max = maxBytes / 1024 / 1024;
	return {
		kind: "refused",
		reason: "delivery/picture-too-large",
		message: `${title} takes pictures of up to ${max} MB; one of this record is larger. Put a smaller one into the record, then send it again.`,
		details: { max },
	};
}

function filesIn(cell: unknown): Static<typeof Files> {
	return Value.Check(Files, cell) ? cell : [];
}
