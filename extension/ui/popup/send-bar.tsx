import { useEffect, useRef } from "preact/hooks";
import type { TargetView } from "../../../backend/contract/targets.ts";
import { openPanel } from "../../background/open-panel.ts";
import type { LocalRecord, Taking } from "../../outbox/types.ts";
import { heldWords } from "../local/held-back.ts";
import type { Settings } from "../local/settings.ts";
import { canTakeBack } from "../local/taking-back.ts";
import { Button } from "../parts/button.tsx";
import { Icon } from "../parts/icon.tsx";
import { StatusLine } from "../parts/status-line.tsx";
import { popupWords } from "../words/popup.ts";
import { unknownDestination } from "../words/shared.ts";
import type { Editor } from "./editor.ts";
import type { ActiveTab, PageReading } from "./read-page.ts";
import type { EditorHandle } from "./use-editor.ts";

type SendBarProps = {
	handle: EditorHandle;
	settings: Settings;
	/** Where the record goes when the main button is pressed. */
	aimed: readonly TargetView[];
	/** What was just sent or taken back, as it stands now; what is gone is not in it. */
	records: readonly LocalRecord[];
	page: PageReading;
	tab: ActiveTab | null;
};

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
const undoKeys = isMac ? "⌘Z" : "Ctrl+Z";

/** The main action; once pressed, a line of truth for each target takes its place, with the way back beside them. */
export function SendBar({ handle, settings, aimed, records, page, tab }: SendBarProps) {
	const { editor } = handle;
	const back = takeable(editor, records);
	const line = useRef<HTMLDivElement>(null);
	const sent = editor?.sent ?? null;
	// To the line and not to Undo beside it: a second Enter would take back what the first one sent.
	useEffect(() => {
		if (sent) line.current?.focus();
	}, [sent]);
	return (
		<div class="send" data-lines={Math.min(aimed.length, 4)} hidden={!editor && page.kind === "closed"}>
			{/* The place is there from the start: a live region that appears with its words is not read out. */}
			<div class="send-line" role="status" ref={line} tabIndex={-1}>
				<SendLines editor={editor} settings={settings} records={records} />
			</div>
			{editor?.sent ? (
				back.length > 0 && (
					<Button
						key="undo"
						look="quiet"
						title={popupWords.undoTitle(undoKeys)}
						onPress={() => void handle.takeBack(back)}
					>
						{popupWords.undo}
					</Button>
				)
			) : (
				<Button
					key="main"
					look="main"
					keys={isMac ? "⌘⏎" : "Ctrl+Enter"}
					disabled={!editor}
					busy={editor?.phase === "saving" ? popupWords.saving : null}
					onPress={() => void handle.send()}
				>
					{mainWords(editor, aimed)}
				</Button>
			)}
			{page.kind === "read" && !editor?.fromList && <TableHere rows={page.rows ?? 0} tab={tab} />}
		</div>
	);
}

/** The way to the page's table, all rows of it at once. */
function TableHere({ rows, tab }: { rows: number; tab: ActiveTab | null }) {
	if (rows === 0 || tab === null) return null;
	const open = () => {
		// The press opens it: nothing may be awaited before.
		openPanel("page", tab);
		window.close();
	};
	return (
		<Button look="link" onPress={open}>
			{popupWords.tableHere(rows)}
		</Button>
	);
}

function SendLines({
	editor,
	settings,
	records,
}: Pick<SendBarProps, "settings" | "records"> & { editor: Editor | null }) {
	if (!editor) return null;
	const problem = editor.failure ?? (Object.keys(editor.problems).length > 0 ? popupWords.mendFields : null);
	const ids = editor.sent?.map(({ record }) => record.id) ?? [];
	const shown = records.filter(({ id, state }) => ids.includes(id) || state === "undoing");
	return (
		<>
			{problem && (
				<span class="send-problem">
					<Icon name="alert" />
					{problem}
				</span>
			)}
			{shown.map((record) => (
				<SentLine key={record.id} record={record} settings={settings} named={shown.length > 1} />
			))}
			{editor.takenBack.length > 0 && !shown.some(({ state }) => state === "undoing") && (
				<span class="status">
					<Icon name="undo" />
					{popupWords.takenBack}
				</span>
			)}
		</>
	);
}

type SentLineProps = {
	record: LocalRecord;
	settings: Settings;
	/** Whether it has to say which target it is about. */
	named: boolean;
};

function SentLine({ record, settings, named }: SentLineProps) {
	const target = settings.targets.find(({ id }) => id === record.targetId);
	return (
		<>
			<div class="sent-line">
				<StatusLine
					record={record}
					providerTitle={target?.providerTitle ?? unknownDestination}
					held={heldWords(settings.account, record)}
				/>
				{named && <span class="muted clip">{target?.name}</span>}
			</div>
			{record.undoProblem && <p class="send-problem">{record.undoProblem}</p>}
		</>
	);
}

/** What of the last send Undo takes back now. */
export function takeable(editor: Editor | null, records: readonly LocalRecord[]): Taking[] {
	const sent = editor?.sent ?? [];
	return records.flatMap((record) => {
		const own = sent.find((one) => one.record.id === record.id);
		return own && canTakeBack(record, own.before !== null) ? [{ recordId: record.id, before: own.before }] : [];
	});
}

function mainWords(editor: Editor | null, aimed: readonly TargetView[]): string {
	if (editor?.fromList) return popupWords.saveChanges;
	if (editor?.existing) return popupWords.update;
	return aimed.length > 0 ? popupWords.send : popupWords.saveHere;
}
