import type { TargetView } from "../../../backend/contract/targets.ts";
import type { CaptureDraft, CapturedDocument } from "../../capture/draft.ts";
import type { LocalRecord } from "../../outbox/types.ts";
import type { FormValue } from "../record/form-values.ts";
import {
	mergeForUpdate,
	type RecordForm,
	type RecordSource,
	retarget,
	toRecordForm,
	withRow,
} from "../record/record-form.ts";

/** The record in the popup between reading the page and leaving it. Pure: `use-editor.ts` feeds it. */
export type Editor = {
	draft: CaptureDraft;
	/** null when the record was not taken from the page that is open, or was written by hand. */
	document: CapturedDocument | null;
	/** What the form was made from. */
	source: RecordSource;
	form: RecordForm;
	/** The saved record that the main button updates; null: it saves a new one. */
	existing: LocalRecord | null;
	/** The target it was opened for. */
	targetId: string | null;
	/** Opened from the list of recent captures, not from the page. */
	fromList: boolean;
	/** A sentence per line that could not be read. */
	problems: Record<string, string>;
	/** How often saving was refused for them: each time, the focus goes to the first. */
	refusals: number;
	phase: "editing" | "saving";
	/** Why the last save failed. */
	failure: string | null;
	sent: Sent | null;
};

/** What the last press of the main button saved, and the record as it was before it (null: it was new). */
export type Sent = { recordId: string; before: LocalRecord | null; undoable: boolean };

export type EditorEvent =
	| {
			type: "opened";
			draft: CaptureDraft;
			document: CapturedDocument | null;
			existing: LocalRecord | null;
			target: TargetView | null;
	  }
	| { type: "opened-saved"; record: LocalRecord; target: TargetView | null }
	| { type: "target-changed"; target: TargetView | null; existing: LocalRecord | null }
	| { type: "typed"; name: string; value: FormValue }
	| { type: "refused"; problems: Record<string, string> }
	| { type: "saving" }
	| { type: "saved"; record: LocalRecord; before: LocalRecord | null }
	| { type: "failed"; message: string }
	| { type: "undo-over" }
	| { type: "undone"; existing: LocalRecord | null };

/** null: the page is still being read, or cannot be. */
export function editorReducer(editor: Editor | null, event: EditorEvent): Editor | null {
	if (event.type === "opened") return opened(editor, event);
	if (event.type === "opened-saved") return openedSaved(event.record, event.target);
	if (!editor) return null;
	switch (event.type) {
		case "target-changed":
			return editor.fromList ? editor : targetChanged(editor, event);
		case "typed": {
			const { [event.name]: _mended, ...problems } = editor.problems;
			return { ...editor, form: withRow(editor.form, event.name, event.value), problems, sent: null, failure: null };
		}
		case "refused":
			return { ...editor, problems: event.problems, refusals: editor.refusals + 1 };
		case "saving":
			return { ...editor, phase: "saving", problems: {}, failure: null };
		case "saved": {
			const sent = { recordId: event.record.id, before: event.before, undoable: true };
			return { ...editor, phase: "editing", existing: event.record, sent };
		}
		case "failed":
			return { ...editor, phase: "editing", failure: event.message };
		case "undo-over":
			return editor.sent ? { ...editor, sent: { ...editor.sent, undoable: false } } : editor;
		case "undone":
			return { ...editor, sent: null, existing: event.existing };
	}
}

/**
 * Another target, or the one in use as the backend has it now. The second may be heard of right after a save: what was saved, and that it
 * can be taken back, stays.
 */
function targetChanged(editor: Editor, event: Extract<EditorEvent, { type: "target-changed" }>): Editor {
	const targetId = event.target?.id ?? null;
	const form = retarget(editor.form, editor.source, event.target);
	if (targetId === editor.targetId && isSaved(editor)) return { ...editor, form };
	return { ...editor, targetId, existing: event.existing, form, problems: {}, sent: null };
}

/** A save is on its way to the disk or there: nothing that was looked up before it knows the record. */
function isSaved({ phase, sent }: Editor): boolean {
	return phase === "saving" || sent !== null;
}

/** The same page read again (with its text, for a target that has a column for it) leaves alone what was typed meanwhile. */
function opened(before: Editor | null, event: Extract<EditorEvent, { type: "opened" }>): Editor {
	const { draft, document, existing, target } = event;
	const source = existing ? mergeForUpdate(draft, existing) : draft;
	const fresh = { ...blank(source, target), draft, document, existing, fromList: false };
	const samePage = before !== null && !before.fromList && before.draft.source.url === draft.source.url;
	if (!samePage) return fresh;
	const form = retarget(before.form, source, target);
	return isSaved(before) ? { ...before, draft, document, source: fresh.source, form } : { ...fresh, form };
}

function openedSaved(record: LocalRecord, target: TargetView | null): Editor {
	const { kind, source, fields, provenance, image } = record;
	const draft = { kind, source, fields, provenance, image };
	return { ...blank(record, target), draft, document: record.document, existing: record, fromList: true };
}

function blank(source: RecordSource, target: TargetView | null) {
	return {
		source: { fields: source.fields, provenance: source.provenance },
		form: toRecordForm(source, target),
		targetId: target?.id ?? null,
		problems: {},
		refusals: 0,
		phase: "editing" as const,
		failure: null,
		sent: null,
	};
}

/** Kinds that were found on a page and are not the page: any number of them may come from one address. */
const foundOnPages: ReadonlySet<string> = new Set(["quote", "image"]);

/**
 * The saved record that stands for this page in this target: one already on its way there, else one that still waits for a
 * target. `records`: newest first, of one normalised address.
 */
export function pickExisting(records: readonly LocalRecord[], targetId: string | null): LocalRecord | null {
	const pages = records.filter(({ kind }) => !foundOnPages.has(kind));
	return (
		pages.find((record) => record.targetId === targetId) ?? pages.find(({ targetId }) => targetId === null) ?? null
	);
}

/**
 * Where a saved record goes when it is saved again: where it was going; when that is nowhere, or a target that is no longer
 * there, to the one in use. Otherwise nothing the person can press would ever bring it into a table.
 */
export function aimOf(
	record: Pick<LocalRecord, "targetId">,
	targets: readonly TargetView[],
	inUse: TargetView | null,
): TargetView | null {
	return targets.find((target) => target.id === record.targetId) ?? inUse;
}

/** A record for an address that the person writes themselves, for pages that cannot be read. */
export function draftByHand(url: string, title: string): CaptureDraft {
	const readable = /^https?:/.test(url);
	return {
		kind: "bookmark",
		source: { url: readable ? url : "", title },
		fields: {
			...(readable && title ? { title: { type: "text", value: title } } : {}),
			...(readable ? { url: { type: "url", value: url } } : {}),
		},
		provenance: {},
		image: null,
	};
}
