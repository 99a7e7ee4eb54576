import { useCallback, useEffect, useReducer, useRef } from "preact/hooks";
import type { TargetView } from "../../../backend/contract/targets.ts";
import type { CaptureDraft, CapturedDocument } from "../../capture/draft.ts";
import { normalUrl } from "../../capture/normal-url.ts";
import type { LocalRecord, Outbox } from "../../outbox/types.ts";
import { askFlush } from "../local/ask-flush.ts";
import { undoMs } from "../parts/undo-time.ts";
import { readRecordForm } from "../record/record-form.ts";
import { popupWords } from "../words/popup.ts";
import { aimOf, type Editor, editorReducer, pickExisting } from "./editor.ts";
import type { PageReading } from "./read-page.ts";

type EditorInput = { page: PageReading; target: TargetView | null; targets: readonly TargetView[]; outbox: Outbox };

/** The editor with what may be done to it. */
export function useEditor({ page, target, targets, outbox }: EditorInput) {
	const [editor, dispatch] = useReducer(editorReducer, null);
	const targetId = target?.id ?? null;
	const latest = useRef({ target, targetId, page, editor });
	latest.current = { target, targetId, page, editor };
	const sending = useRef(false);

	const open = useCallback(
		async (draft: CaptureDraft, document: CapturedDocument | null) => {
			const existing = await findExisting(outbox, draft.source.url, latest.current.targetId);
			dispatch({ type: "opened", draft, document, existing, target: latest.current.target });
		},
		[outbox],
	);

	const openPage = useCallback(() => {
		const { page } = latest.current;
		if (page.kind === "read") void open(page.draft, page.document);
	}, [open]);

	useEffect(openPage, [page, openPage]);

	useEffect(() => {
		if (!editor || editor.fromList) return;
		void findExisting(outbox, editor.draft.source.url, targetId).then((existing) =>
			dispatch({ type: "target-changed", target, existing }),
		);
	}, [targetId, target?.updatedAt]);

	useEffect(() => {
		if (!editor?.sent?.undoable) return;
		const timer = setTimeout(() => dispatch({ type: "undo-over" }), undoMs);
		return () => clearTimeout(timer);
	}, [editor?.sent?.recordId, editor?.sent?.undoable]);

	const openSaved = (record: LocalRecord) =>
		dispatch({ type: "opened-saved", record, target: aimOf(record, targets, target) });

	/** Once per press and record: a second Enter may come before the page is drawn anew, and would save a second record. */
	const sendOnce = async (): Promise<void> => {
		const { editor } = latest.current;
		if (sending.current || editor?.phase !== "editing" || editor.sent) return;
		sending.current = true;
		const { existing, fromList } = editor;
		const aim = fromList && existing ? (aimOf(existing, targets, target)?.id ?? existing.targetId) : targetId;
		await send(editor, aim, { outbox, dispatch });
		sending.current = false;
	};

	return {
		editor,
		dispatch,
		open,
		openPage,
		openSaved,
		send: sendOnce,
		undo: () => (editor?.sent?.undoable ? undo(editor, { outbox, dispatch }) : undefined),
	};
}

export type EditorHandle = ReturnType<typeof useEditor>;
type Doing = { outbox: Outbox; dispatch: EditorHandle["dispatch"] };

async function findExisting(outbox: Outbox, url: string, targetId: string | null): Promise<LocalRecord | null> {
	return url === "" ? null : pickExisting(await outbox.byUrl(normalUrl(url)), targetId);
}

/** Saves what the form says. "Saved here" is shown only once the outbox has promised it is on disk. */
async function send(editor: Editor, targetId: string | null, { outbox, dispatch }: Doing): Promise<void> {
	const read = readRecordForm(editor.form);
	if (!read.ok) return dispatch({ type: "refused", problems: read.problems });
	dispatch({ type: "saving" });
	const { document } = editor;
	const { kind, image } = editor.draft;
	const { fields, provenance } = read;
	const before = editor.existing;
	try {
		const record = before
			? await outbox.edit(before.id, { fields, provenance, kind, targetId })
			: await outbox.save({ kind, targetId, source: sourceOf(editor, fields), fields, provenance, image, document });
		dispatch({ type: "saved", record, before });
		askFlush();
	} catch (error) {
		dispatch({ type: "failed", message: error instanceof Error ? error.message : popupWords.notSaved });
	}
}

/** A record written by hand has no page: its address and title are what was typed. */
function sourceOf({ draft }: Editor, fields: LocalRecord["fields"]): LocalRecord["source"] {
	const { url, title } = fields;
	return {
		url: draft.source.url || (url?.type === "url" ? url.value : ""),
		title: draft.source.title || (title?.type === "text" ? title.value : ""),
	};
}

async function undo({ sent }: Editor, { outbox, dispatch }: Doing): Promise<void> {
	if (!sent) return;
	try {
		const before = sent.before;
		if (before) {
			const { fields, provenance, targetId, kind } = before;
			const change = { fields, provenance, targetId, kind };
			dispatch({ type: "undone", existing: await outbox.edit(before.id, change) });
		} else {
			await outbox.remove(sent.recordId);
			dispatch({ type: "undone", existing: null });
		}
		askFlush();
	} catch (error) {
		dispatch({ type: "failed", message: error instanceof Error ? error.message : popupWords.notSaved });
	}
}
