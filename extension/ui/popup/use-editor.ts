import { useCallback, useEffect, useLayoutEffect, useReducer, useRef } from "preact/hooks";
import type { TargetView } from "../../../backend/contract/targets.ts";
import type { CaptureDraft, CapturedDocument } from "../../capture/draft.ts";
import { normalUrl } from "../../capture/normal-url.ts";
import type { LocalRecord, Outbox, Taking } from "../../outbox/types.ts";
import { askFlush } from "../local/ask-flush.ts";
import { isTouched, pictureOf, readRecordForm } from "../record/record-form.ts";
import { popupWords } from "../words/popup.ts";
import { aimOf, aimsFor, type Editor, editorReducer, kindOf, pickExisting } from "./editor.ts";
import { forgetDraft, keepDraft, readDraft, tidyDrafts } from "./kept-draft.ts";
import type { PageReading } from "./read-page.ts";

type EditorInput = {
	page: PageReading;
	/** Whose half-written records are kept. */
	who: string;
	/** Where the page's record goes; the first one's columns are drawn. */
	aimed: readonly TargetView[];
	targets: readonly TargetView[];
	outbox: Outbox;
};

/** The editor with what may be done to it. */
export function useEditor({ page, who, aimed, targets, outbox }: EditorInput) {
	const [editor, dispatch] = useReducer(editorReducer, null);
	const latest = useRef({ aimed, page, editor });
	latest.current = { aimed, page, editor };
	const sending = useRef(false);

	const open = useCallback(
		async (draft: CaptureDraft, document: CapturedDocument | null) => {
			const [existing, kept] = await Promise.all([
				findExisting(outbox, draft.source.url, latest.current.aimed),
				// What cannot be read back is as good as not kept.
				document && readDraft({ who, document }).catch(() => null),
			]);
			dispatch({ type: "opened", draft, document, existing, targets: latest.current.aimed, kept });
		},
		[outbox, who],
	);

	const openPage = useCallback(() => {
		const { page } = latest.current;
		if (page.kind === "read") void open(page.draft, page.document);
	}, [open]);

	useEffect(openPage, [page, openPage]);

	useEffect(() => {
		if (!editor || editor.fromList) return;
		void findExisting(outbox, editor.draft.source.url, aimed).then((existing) =>
			dispatch({ type: "target-changed", targets: aimed, existing }),
		);
	}, [aimed.map(({ id, updatedAt }) => `${id} ${updatedAt}`).join()]);

	useKeeping(editor, who);

	const openSaved = (record: LocalRecord) =>
		dispatch({ type: "opened-saved", record, target: aimOf(record, targets, aimed[0] ?? null) });

	/** Once per press and record: a second Enter may come before the page is drawn anew, and would save a second record. */
	const sendOnce = async (): Promise<void> => {
		const { editor } = latest.current;
		if (sending.current || editor?.phase !== "editing" || editor.sent) return;
		sending.current = true;
		const { existing, fromList } = editor;
		// Opened from the list, it is this one record that is mended: others of its capture stay as they are.
		const alone = fromList && existing ? aimOf(existing, targets, aimed[0] ?? null) : null;
		const ids = fromList && existing ? [alone?.id ?? existing.targetId] : aimed.map(({ id }) => id);
		await send(editor, ids, { outbox, dispatch });
		sending.current = false;
	};

	const takeBack = async (sent: readonly Taking[]): Promise<void> => undo(sent, { outbox, dispatch });

	return { editor, dispatch, open, openPage, openSaved, send: sendOnce, takeBack };
}

/** Keeps what is typed, as long as it is not sent. */
function useKeeping(editor: Editor | null, who: string): void {
	const { form, own, document, fromList = true, sent = null } = editor ?? {};
	useEffect(() => void tidyDrafts(who).catch(() => undefined), [who]);
	// Before it is painted: the popup may be closed with the very next press.
	useLayoutEffect(() => {
		if (!form || !own || !document || fromList) return;
		const place = { who, document };
		const typed = form.rows.filter(isTouched).map((row) => ({ name: row.name, form: row.form }));
		// Where there is no such storage, a closed popup forgets, as it always did.
		void (sent ? forgetDraft(place) : keepDraft(place, { typed, own })).catch(() => undefined);
	}, [form, own, sent, document?.documentId]);
}

export type EditorHandle = ReturnType<typeof useEditor>;
type Doing = { outbox: Outbox; dispatch: EditorHandle["dispatch"] };

/** What is being taken back is not there for the person any more. */
async function findExisting(outbox: Outbox, url: string, [first]: readonly TargetView[]): Promise<LocalRecord | null> {
	const records = await recordsOf(outbox, url);
	const standing = records.filter(({ state }) => state !== "undoing");
	return pickExisting(standing, first?.id ?? null);
}

async function recordsOf(outbox: Outbox, url: string): Promise<LocalRecord[]> {
	return url === "" ? [] : await outbox.byUrl(normalUrl(url));
}

/** Saves what the form says. "Saved here" is shown only once the outbox has promised it is on disk. */
async function send(editor: Editor, ids: readonly (string | null)[], { outbox, dispatch }: Doing): Promise<void> {
	const read = readRecordForm(editor.form);
	if (!read.ok) return dispatch({ type: "refused", problems: read.problems });
	dispatch({ type: "saving" });
	const { document, fromList, existing } = editor;
	const kind = kindOf(editor);
	const image = pictureOf(editor.form) || null;
	const { fields, provenance } = read;
	const targetIds = ids.length > 0 ? ids : [null];
	try {
		const aims =
			fromList && existing
				? targetIds.map((targetId) => ({ targetId, recordId: existing.id }))
				: aimsFor(await recordsOf(outbox, editor.draft.source.url), targetIds);
		const source = sourceOf(editor, fields);
		const capture = { kind, targetId: targetIds[0] ?? null, source, fields, provenance, image, document };
		dispatch({ type: "saved", sent: await outbox.send(capture, aims) });
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

async function undo(sent: readonly Taking[], { outbox, dispatch }: Doing): Promise<void> {
	const [first] = sent;
	try {
		await outbox.takeBack(sent);
		const existing = first?.before ? ((await outbox.get(first.recordId)) ?? null) : null;
		dispatch({ type: "undone", takenBack: sent.map(({ recordId }) => recordId), existing });
		askFlush();
	} catch (error) {
		dispatch({ type: "failed", message: error instanceof Error ? error.message : popupWords.notSaved });
	}
}
