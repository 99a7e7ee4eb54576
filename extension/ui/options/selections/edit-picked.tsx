import type { SelectionView } from "../../../../backend/contract/selections.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { PickRows } from "../../pick/pick-rows.tsx";
import { pickedOf, settingsOf } from "../../pick/picked.ts";
import { usePicking } from "../../pick/use-picking.ts";
import { optionsWords } from "../../words/options.ts";
import { selectionWords as words } from "../../words/selections.ts";
import { useWorld } from "../context.ts";
import { optionsPath } from "../route.ts";
import { useDoing } from "../use-doing.ts";

export type EditPickedProps = { selection: SelectionView; onChanged: () => Promise<void> };

/** The rows of a selection's table as they are there now, and which of them it picks from the next run on. */
export function EditPicked({ selection, onChanged }: EditPickedProps) {
	const { client, online } = useWorld();
	const { id, connectionId, place, targetId, tableName } = selection;
	const { busy, problem, run } = useDoing();
	const picking = usePicking({ client, online, connectionId, place, targetId, initial: pickedOf(selection) });
	const isNothing = picking.count.rows === 0 || picking.schema.state !== "ready";
	const save = () =>
		run(async () => {
			await client.changeSelection(id, settingsOf(picking.picked));
			await onChanged();
			location.href = optionsPath("selections", id);
		});
	return (
		<>
			<h2 class="sub-title">{selection.name}</h2>
			<p class="lead">{words.changeLead}</p>
			<div class="card pick-card">
				<PickRows picking={picking} title={tableName} />
			</div>
			<Problem>{problem}</Problem>
			<div class="form-buttons">
				<Button look="main" disabled={isNothing || !online} busy={busy ? optionsWords.saving : null} onPress={save}>
					{optionsWords.save}
				</Button>
				<ButtonLink look="quiet" href={optionsPath("selections", id)}>
					{optionsWords.cancel}
				</ButtonLink>
			</div>
		</>
	);
}
