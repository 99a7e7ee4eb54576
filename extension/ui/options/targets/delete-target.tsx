import type { TargetView } from "../../../../backend/contract/targets.ts";
import { Confirm } from "../../parts/dialog.tsx";
import { Problem } from "../../parts/problem.tsx";
import { optionsWords } from "../../words/options.ts";
import { selectionWords } from "../../words/selections.ts";
import { targetWords as words } from "../../words/targets.ts";
import { useWorld } from "../context.ts";
import { namesOf } from "../selections/selection-state.ts";
import { useSelections } from "../selections/use-selections.ts";
import { useDoing } from "../use-doing.ts";

/** Asks before a target goes, naming what waits for it: a new one would be another target to the records of this one. */
export function DeleteTarget({ target, onDone }: { target: TargetView; onDone: () => void }) {
	const { records, client, reload } = useWorld();
	const { busy, problem, run } = useDoing();
	const [selections] = useSelections();
	const pickedFor = namesOf(selections, ({ targetId }) => targetId === target.id);
	const waiting = records.unsettled.filter((record) => record.targetId === target.id).length;
	const remove = () =>
		run(async () => {
			await client.deleteTarget(target.id);
			await reload();
			onDone();
		});
	return (
		<Confirm
			title={words.deleteTitle(target.name)}
			confirm={words.delete}
			cancel={optionsWords.cancel}
			busy={busy ? words.deleting : null}
			onConfirm={remove}
			onCancel={onDone}
		>
			<p>{words.deleteBody(target.providerTitle)}</p>
			{waiting > 0 && <p>{words.deleteWaiting(waiting)}</p>}
			{pickedFor !== null && <p>{selectionWords.targetPauses(pickedFor)}</p>}
			<Problem>{problem}</Problem>
		</Confirm>
	);
}
