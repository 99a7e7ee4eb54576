import type { Fields } from "../../../../backend/contract/fields.ts";
import type { RecordView } from "../../../../backend/contract/records.ts";
import type { TargetView } from "../../../../backend/contract/targets.ts";
import type { RecordPutOperation } from "../../../../backend/contract/writes.ts";
import { uuidV7 } from "../../../outbox/uuid-v7.ts";
import { type RecordForm, type RecordSource, toRecordForm } from "../../record/record-form.ts";

/** A record in the inbox, with what the person has made of it. */
export type HeldRecord = {
	view: RecordView;
	form: RecordForm;
	/** A sentence per line that could not be read. */
	problems: Record<string, string>;
	/** The backend has another version than the one that is to go out: it was discarded and brought back. */
	restored: boolean;
};

/** @param targets all there are; its own says which columns there are */
export function heldRecord(view: RecordView, targets: readonly TargetView[]): HeldRecord {
	const own = targets.filter(({ id }) => id === view.targetId);
	const { fields, provenance } = view;
	return { view, form: toRecordForm({ fields, provenance }, own), problems: {}, restored: false };
}

/** What was not touched is the very value that came: then there is nothing to write before it is approved. */
export function isChanged({ view, restored }: HeldRecord, fields: Fields): boolean {
	const names = new Set([...Object.keys(view.fields), ...Object.keys(fields)]);
	return restored || [...names].some((name) => fields[name] !== view.fields[name]);
}

/** The next version of the record with these fields, as the outbox would send it. */
export function putOf({ view }: HeldRecord, { fields, provenance }: RecordSource): RecordPutOperation {
	const { id, kind, version, capturedAt, source, targetId, captureId } = view;
	const record = { id, kind, version: version + 1, capturedAt, source, fields, provenance };
	return { id: uuidV7(), kind: "record.put", targetId, record: captureId === null ? record : { ...record, captureId } };
}
