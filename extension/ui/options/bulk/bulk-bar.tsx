import { useState } from "preact/hooks";
import type { BulkKind, BulkSelection } from "../../../../backend/contract/bulk.ts";
import { Button } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { bulkWords as words } from "../../words/bulk.ts";
import { useDoing } from "../use-doing.ts";
import { DeleteRecords } from "./delete-records.tsx";
import { MoveRecords } from "./move-records.tsx";
import type { Bulk } from "./use-bulk.ts";
import type { Selection } from "./use-selection.ts";

type BulkBarProps = { bulk: Bulk; selection: Selection };

/** What can be done with the selected records. Only deleting and moving ask first. */
export function BulkBar({ bulk, selection }: BulkBarProps) {
	const [asking, setAsking] = useState<"move" | "delete" | null>(null);
	const { busy, problem, run } = useDoing();
	const asked = selection.asked();
	if (asked === null) return null;
	const start = (kind: BulkKind) =>
		run(async () => {
			await bulk.start({ kind, selection: asked });
			selection.clear();
		});
	const dialog = {
		bulk,
		selection: asked,
		onCancel: () => setAsking(null),
		onStarted: () => {
			setAsking(null);
			selection.clear();
		},
	};
	return (
		<div class="bulk-actions" role="group" aria-label={words.bar}>
			<Counted selection={selection} />
			<Problem>{problem}</Problem>
			<div class="bulk-buttons">
				<Button busy={busy ? words.starting : null} onPress={() => start("retry")}>
					{words.retry}
				</Button>
				<Button disabled={busy} onPress={() => start("resync")}>
					{words.resync}
				</Button>
				<Button disabled={busy} onPress={() => setAsking("move")}>
					{words.move}
				</Button>
				<Button disabled={busy} onPress={() => setAsking("delete")}>
					{words.delete}
				</Button>
				<Button look="quiet" onPress={selection.clear}>
					{words.clear}
				</Button>
			</div>
			{asking === "move" && <MoveRecords {...dialog} />}
			{asking === "delete" && <DeleteRecords {...dialog} />}
		</div>
	);
}

/** What a dialog about many records is given. */
export type BulkDialogProps = {
	bulk: Bulk;
	selection: BulkSelection;
	onStarted: () => void;
	onCancel: () => void;
};

function Counted({ selection }: { selection: Selection }) {
	const { matching, everything, count } = selection;
	return (
		<p class="bulk-count">
			<span role="status">{everything ? words.everything(matching ?? 0) : words.selected(count)}</span>
			{!everything && matching !== null && matching > count && (
				<Button look="link" onPress={selection.selectEverything}>
					{words.selectEverything(matching)}
				</Button>
			)}
		</p>
	);
}
