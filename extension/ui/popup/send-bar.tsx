import type { TargetView } from "../../../backend/contract/targets.ts";
import type { LocalRecord } from "../../outbox/types.ts";
import { Button } from "../parts/button.tsx";
import { Icon } from "../parts/icon.tsx";
import { StatusLine } from "../parts/status-line.tsx";
import { popupWords } from "../words/popup.ts";
import { unknownDestination } from "../words/shared.ts";
import type { Editor, Sent } from "./editor.ts";
import type { EditorHandle } from "./use-editor.ts";

type SendBarProps = {
	handle: EditorHandle;
	target: TargetView | null;
	/** The record that was just sent, as it stands now. */
	sent: LocalRecord | null;
	/** Why the sent record stays on this device, or null. */
	held: string | null;
	/** The page cannot be read, so there is nothing to send yet. */
	closed: boolean;
};

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The main action; once pressed, the record's line of truth takes its place, with the way back beside it. */
export function SendBar({ handle, target, sent, held, closed }: SendBarProps) {
	const { editor } = handle;
	const problem = editor?.failure ?? (editor && Object.keys(editor.problems).length > 0 ? popupWords.mendFields : null);
	return (
		<div class="send" hidden={!editor && closed}>
			{/* The place is there from the start: a live region that appears with its words is not read out. */}
			<div class="send-line" role="status">
				{editor?.sent && sent ? (
					<StatusLine record={sent} providerTitle={target?.providerTitle ?? unknownDestination} held={held} />
				) : (
					problem && (
						<span class="send-problem">
							<Icon name="alert" />
							{problem}
						</span>
					)
				)}
			</div>
			{editor?.sent ? (
				canUndo(editor.sent, sent) && (
					<Button key="undo" look="quiet" onPress={() => void handle.undo()}>
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
					{mainWords(editor, target)}
				</Button>
			)}
		</div>
	);
}

/** A new row in the table is beyond our reach: taking the record back would leave it there. An update can always be undone. */
function canUndo({ undoable, before }: Sent, record: LocalRecord | null): boolean {
	return undoable && (before !== null || record?.state !== "delivered");
}

function mainWords(editor: Editor | null, target: TargetView | null): string {
	if (editor?.fromList) return popupWords.saveChanges;
	if (editor?.existing) return popupWords.update;
	return target ? popupWords.send : popupWords.saveHere;
}
