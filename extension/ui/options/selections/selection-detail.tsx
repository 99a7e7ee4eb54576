import type { SelectionView } from "../../../../backend/contract/selections.ts";
import { ButtonLink } from "../../parts/button.tsx";
import { selectionWords as words } from "../../words/selections.ts";
import { may, useWorld } from "../context.ts";
import { optionsPath } from "../route.ts";
import { FailedRows } from "./failed-rows.tsx";
import { GoneRows } from "./gone-rows.tsx";
import { PickedWords } from "./picked-words.tsx";
import { SelectionActions } from "./selection-actions.tsx";
import { SelectionHead } from "./selection-head.tsx";
import { SelectionRuns } from "./selection-runs.tsx";
import { SelectionSettings } from "./selection-settings.tsx";

type SelectionDetailProps = { selection: SelectionView; onChanged: () => Promise<void> };

/** One selection in full: what it picks, the rows that need a decision, how it is set, and its last runs. */
export function SelectionDetail({ selection, onChanged }: SelectionDetailProps) {
	const writes = may(useWorld(), "targets:write");
	return (
		<>
			<div class="card item">
				<SelectionHead selection={selection} />
				{writes && <SelectionActions selection={selection} onChanged={onChanged} />}
			</div>
			{selection.rows.gone > 0 && <GoneRows selection={selection} onChanged={onChanged} />}
			{selection.rows.failed > 0 && <FailedRows selection={selection} />}
			<section class="section" aria-label={words.pickedTitle}>
				<h2>{words.pickedTitle}</h2>
				<PickedWords selection={selection} />
				{writes && (
					<div class="form-buttons">
						<ButtonLink href={optionsPath("selections", selection.id, "pick")}>{words.change}</ButtonLink>
					</div>
				)}
			</section>
			{writes && <SelectionSettings selection={selection} onChanged={onChanged} />}
			<SelectionRuns selection={selection} />
		</>
	);
}
