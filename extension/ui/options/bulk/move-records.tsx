import { useId, useState } from "preact/hooks";
import { Button, SubmitButton } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { useModal } from "../../parts/use-modal.ts";
import { bulkWords as words } from "../../words/bulk.ts";
import { optionsWords } from "../../words/options.ts";
import { useWorld } from "../context.ts";
import { useDoing } from "../use-doing.ts";
import { useRemote } from "../use-remote.ts";
import type { BulkDialogProps } from "./bulk-bar.tsx";
import { RowsToo } from "./rows-too.tsx";

/** Asks where records go, and whether their rows at the old place go too. */
export function MoveRecords({ bulk, selection, onStarted, onCancel }: BulkDialogProps) {
	const { client, settings } = useWorld();
	const { busy, problem, run } = useDoing();
	const [toTargetId, setToTargetId] = useState(settings.targets[0]?.id ?? "");
	const [rowsToo, setRowsToo] = useState(false);
	const [remote] = useRemote(toTargetId || null, () => client.previewBulk({ kind: "move", selection, toTargetId }));
	const preview = remote.state === "ready" ? remote.value : null;
	const dialog = useModal();
	const id = useId();
	const start = (event: Event) => {
		event.preventDefault();
		if (preview === null) return;
		run(async () => {
			await bulk.start({ kind: "move", selection, toTargetId, expected: preview.total, remoteRows: rowsToo });
			onStarted();
		});
	};
	return (
		<dialog ref={dialog} class="dialog" aria-labelledby={`${id}-title`} onCancel={onCancel}>
			<form onSubmit={start}>
				<h2 id={`${id}-title`}>{preview === null ? words.counting : words.moveTitle(preview.total)}</h2>
				{settings.targets.length === 0 ? (
					<p>{words.noOtherTarget}</p>
				) : (
					<TargetChoice value={toTargetId} onChange={setToTargetId} />
				)}
				{preview?.total === 0 && <p class="muted">{words.allThere}</p>}
				{preview && <RowsToo preview={preview} checked={rowsToo} onChange={setRowsToo} />}
				<Problem>{problem ?? (remote.state === "failed" ? remote.message : null)}</Problem>
				<div class="dialog-buttons">
					<Button onPress={onCancel}>{optionsWords.cancel}</Button>
					<SubmitButton busy={busy ? words.starting : null} disabled={!preview || preview.total === 0}>
						{words.moveNow}
					</SubmitButton>
				</div>
			</form>
		</dialog>
	);
}

function TargetChoice({ value, onChange }: { value: string; onChange: (targetId: string) => void }) {
	const { targets } = useWorld().settings;
	const id = useId();
	return (
		<div class="form-line">
			<label for={id}>{words.moveTo}</label>
			<select id={id} class="input" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
				{targets.map((target) => (
					<option key={target.id} value={target.id}>
						{target.name} · {target.providerTitle}
					</option>
				))}
			</select>
		</div>
	);
}
