import type { SelectionView } from "../../../../backend/contract/selections.ts";
import { Confirm } from "../../parts/dialog.tsx";
import { Problem } from "../../parts/problem.tsx";
import { optionsWords } from "../../words/options.ts";
import { selectionWords as words } from "../../words/selections.ts";
import { useWorld } from "../context.ts";
import { useDoing } from "../use-doing.ts";

type DeleteSelectionProps = { selection: SelectionView; onDeleted: () => Promise<void>; onDone: () => void };

/** Asks before a selection goes, saying that what it picked stays. */
export function DeleteSelection({ selection, onDeleted, onDone }: DeleteSelectionProps) {
	const { client } = useWorld();
	const { busy, problem, run } = useDoing();
	const remove = () =>
		run(async () => {
			await client.deleteSelection(selection.id);
			onDone();
			await onDeleted();
		});
	return (
		<Confirm
			title={words.deleteTitle(selection.name)}
			confirm={words.delete}
			cancel={optionsWords.cancel}
			busy={busy ? words.deleting : null}
			onConfirm={remove}
			onCancel={onDone}
		>
			<p>{words.deleteBody}</p>
			<Problem>{problem}</Problem>
		</Confirm>
	);
}
