import { baseOf, type Call, needScope } from "./call.ts";
import { properties } from "./json-values.ts";
import { ok, type Reply, refuse, refuseModel, refuseShape } from "./replies.ts";
import { findField, makeId } from "./state.ts";

export const maxFileBytes = 5 * 1024 * 1024;

/** `POST /{base}/{row}/{field}/uploadAttachment` of the content host: adds one file to those in the cell. */
export function uploadAttachment(call: Call): Reply {
	needScope(call, "data.records:write");
	const [baseId, rowId, fieldName = ""] = call.segments;
	const base = baseOf(call, baseId, "edit");
	const table = base.tables.find(({ rows }) => rows.some(({ id }) => id === rowId));
	const row = table?.rows.find(({ id }) => id === rowId);
	if (table === undefined || row === undefined) return refuseModel();
	const field = findField(table, fieldName);
	if (field?.type !== "multipleAttachments") {
		return refuse(422, "UNKNOWN_FIELD_NAME", `Unknown field name: "${fieldName}"`);
	}
	const { contentType, filename, file } = properties(call.body);
	const isWhole = typeof contentType === "string" && typeof filename === "string" && typeof file === "string";
	if (!isWhole || contentType === "" || filename === "") return refuseShape();
	const bytes = Buffer.from(file, "base64");
	if (bytes.length === 0 || bytes.toString("base64") !== file) return refuseShape("The file is not base64");
	if (bytes.length > maxFileBytes) return refuse(413, "REQUEST_ENTITY_TOO_LARGE", "The file is too large");
	const id = makeId("att");
	const url = `https://files.invalid/${id}/${encodeURIComponent(filename)}`;
	const before = row.cells[field.id];
	const files = [
		...(Array.isArray(before) ? before : []),
		{ id, url, filename, size: bytes.length, type: contentType },
	];
	row.cells[field.id] = files;
	call.world.journal.write(base.id);
	call.world.changed();
	return ok({ id: row.id, createdTime: row.createdTime, fields: { [field.id]: files } });
}
