import { useState } from "preact/hooks";
import type { BulkPreview } from "../../../../backend/contract/bulk.ts";
import { Confirm } from "../../parts/dialog.tsx";
import { Problem } from "../../parts/problem.tsx";
import { bulkWords as words } from "../../words/bulk.ts";
import { optionsWords } from "../../words/options.ts";
import { useWorld } from "../context.ts";
import { useDoing } from "../use-doing.ts";
import { useRemote } from "../use-remote.ts";
import type { BulkDialogProps } from "./bulk-bar.tsx";
import { RowsToo } from "./rows-too.tsx";

/** Asks before records are deleted, naming how many and what of their rows: exactly so many are deleted, or none. */
export function DeleteRecords({ bulk, selection, onStarted, onCancel }: BulkDialogProps) {
	const { client } = useWorld();
	const { busy, problem, run } = useDoing();
	const [rowsToo, setRowsToo] = useState(false);
	const [remote] = useRemote("delete", () => client.previewBulk({ kind: "delete", selection }));
	const preview: BulkPreview | null = remote.state === "ready" ? remote.value : null;
	const start = () =>
		run(async () => {
			if (preview === null) return;
			await bulk.start({ kind: "delete", selection, expected: preview.total, remoteRows: rowsToo });
			onStarted();
		});
	return (
		<Confirm
			title={preview === null ? words.counting : words.deleteTitle(preview.total)}
			confirm={preview === null ? words.delete : words.deleteNow(preview.total)}
			cancel={optionsWords.cancel}
			busy={busy ? words.starting : null}
			onConfirm={start}
			onCancel={onCancel}
		>
			<p>{words.deleteBody}</p>
			{preview && <RowsToo preview={preview} checked={rowsToo} onChange={setRowsToo} />}
			{"ids" in selection && preview && preview.total > selection.ids.length && <p>{words.olderToo}</p>}
			<Problem>{problem ?? (remote.state === "failed" ? remote.message : null)}</Problem>
		</Confirm>
	);
}
