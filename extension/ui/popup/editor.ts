import type { TargetView } from "../../../backend/contract/targets.ts";
import type { CaptureDraft, CapturedDocument } from "../../capture/draft.ts";
import type { Aim, LocalRecord, Sent } from "../../outbox/types.ts";
import type { FormValue } from "../record/input-kinds.ts";
import {
	mergeForUpdate,
	type RecordForm,
	type RecordSource,
	retarget,
	toRecordForm,
	withPicture,
	withRow,
	withTyped,
} from "../record/record-form.ts";

import type { Chosen, KeptDraft } from "./kept-draft.ts";

/** The record in the popup between reading the page and leaving it. Pure: `use-editor.ts` feeds it. */
export type Editor = {
	draft: CaptureDraft;
	/** null when the record was not taken from the page that is open, or was written by hand. */
	document: CapturedDocument | null;
	/** What the form was made from. */
	source: RecordSource;
	form: RecordForm;
	/** What the person chose of it that is no field. */
	own: Chosen;
	/** The saved record that the main button updates; null: it saves a new one. */
	existing: LocalRecord | null;
	/** The targets it was opened for: their ids in their order. */
	aim: string;
	/** Opened from the list of recent captures, not from the page. */
	fromList: boolean;
	/** A sentence per line that could not be read. */
	problems: Record<string, string>;
	/** How often saving was refused for them: each time, the focus goes to the first. */
	refusals: number;
	phase: "editing" | "saving";
	/** Why the last save failed. */
	failure: string | null;
	/** What the last press of the main button saved, one for each target, as it was then. */
	sent: readonly Sent[] | null;
	/** What of it has been taken back since. */
	takenBack: readonly string[];
};

export type EditorEvent =
	| {
			type: "opened";
			draft: CaptureDraft;
			document: CapturedDocument | null;
			existing: LocalRecord | null;
			targets: readonly TargetView[];
			/** What was written into it before the popup was closed over this document. */
			kept?: KeptDraft | null;
	  }
	| { type: "opened-saved"; record: LocalRecord; target: TargetView | null }
	| { type: "target-changed"; targets: readonly TargetView[]; existing: LocalRecord | null }
	| { type: "typed"; name: string; value: FormValue }
	| { type: "kind-chosen"; kind: string }
	/** Empty: without a picture. */
	| { type: "picture-chosen"; url: string }
	| { type: "refused"; problems: Record<string, string> }
	| { type: "saving" }
	| { type: "saved"; sent: readonly Sent[] }
	| { type: "failed"; message: string }
	| { type: "undone"; takenBack: readonly string[]; existing: LocalRecord | null };

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
			return changed({ ...editor, form: withRow(editor.form, event.name, event.value), problems });
		}
		case "kind-chosen":
			return changed({ ...editor, own: { kind: event.kind } });
		case "picture-chosen":
			return changed({ ...editor, form: withPicture(editor.form, event.url) });
		case "refused":
			return { ...editor, problems: event.problems, refusals: editor.refusals + 1 };
		case "saving":
			return { ...editor, phase: "saving", problems: {}, failure: null, takenBack: [] };
		case "saved": {
			const [first] = event.sent;
			return { ...editor, phase: "editing", existing: first?.record ?? editor.existing, sent: event.sent };
		}
		case "failed":
			return { ...editor, phase: "editing", failure: event.message };
		case "undone":
			return undone(editor, event);
	}
}

/** After a change there is something to send again. */
function changed(editor: Editor): Editor {
	return { ...editor, sent: null, failure: null };
}

/** What kind of thing it is saved as: as chosen, as it was saved before, or as the page says. */
export function kindOf({ own, existing, draft }: Pick<Editor, "own" | "existing" | "draft">): string {
	return own.kind ?? existing?.kind ?? draft.kind;
}

/** What could not be taken back stays sent, and the rest may be sent again. */
function undone(editor: Editor, { takenBack, existing }: Extract<EditorEvent, { type: "undone" }>): Editor {
	const left = editor.sent?.filter(({ record }) => !takenBack.includes(record.id)) ?? [];
	return { ...editor, sent: left.length > 0 ? left : null, takenBack, existing };
}

/**
 * Other targets, or those in use as the backend has them now. The second may be heard of right after a save: what was saved, and that it
 * can be taken back, stays.
 */
function targetChanged(editor: Editor, event: Extract<EditorEvent, { type: "target-changed" }>): Editor {
	const aim = aimAt(event.targets);
	const form = retarget(editor.form, editor.source, event.targets);
	if (aim === editor.aim && isSaved(editor)) return { ...editor, form };
	return { ...editor, aim, existing: event.existing, form, problems: {}, sent: null, takenBack: [] };
}

/** A save is on its way to the disk or there: nothing that was looked up before it knows the record. */
function isSaved({ phase, sent }: Editor): boolean {
	return phase === "saving" || sent !== null;
}

/** The same page read again (with its text, for a target that has a column for it) leaves alone what was typed meanwhile. */
function opened(before: Editor | null, event: Extract<EditorEvent, { type: "opened" }>): Editor {
	const { draft, document, existing, targets, kept = null } = event;
	const source = existing ? mergeForUpdate(draft, existing) : draft;
	const fresh = { ...blank(source, targets), draft, document, existing, fromList: false };
	const samePage = before !== null && !before.fromList && before.draft.source.url === draft.source.url;
	if (!samePage) {
		if (kept === null) return fresh;
		const typed = kept.typed.map(({ name, form }) => ({ name, form, original: source.fields[name] }));
		return { ...fresh, form: withTyped(fresh.form, typed), own: kept.own };
	}
	const form = retarget(before.form, source, targets);
	const again = { form, own: before.own };
	return isSaved(before) ? { ...before, draft, document, source: fresh.source, form } : { ...fresh, ...again };
}

function openedSaved(record: LocalRecord, target: TargetView | null): Editor {
	const { kind, source, fields, provenance, image } = record;
	const draft = { kind, source, fields, provenance, image };
	return {
		...blank(record, target ? [target] : []),
		draft,
		document: record.document,
		existing: record,
		fromList: true,
	};
}

function blank(source: RecordSource, targets: readonly TargetView[]) {
	return {
		source: { fields: source.fields, provenance: source.provenance },
		form: toRecordForm(source, targets),
		aim: aimAt(targets),
		own: {},
		problems: {},
		refusals: 0,
		phase: "editing" as const,
		failure: null,
		sent: null,
		takenBack: [],
	};
}

function aimAt(targets: readonly TargetView[]): string {
	return targets.map(({ id }) => id).join(" ");
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
 * Where the page's record goes: to each target, as an update of what stands for the page there. The first may take along what still
 * waits for a target; the others may not, or it would go to two.
 */
export function aimsFor(records: readonly LocalRecord[], targetIds: readonly (string | null)[]): Aim[] {
	return targetIds.map((targetId, place) => {
		const found = pickExisting(records, targetId);
		return { targetId, recordId: found && (place === 0 || found.targetId === targetId) ? found.id : null };
	});
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
