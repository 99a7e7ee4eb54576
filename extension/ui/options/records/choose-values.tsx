import { useState } from "preact/hooks";
import type { ConflictChoice } from "../../../../backend/contract/conflicts.ts";
import { Button } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { WebLink } from "../../parts/web-link.tsx";
import { decideWords as words } from "../../words/decide.ts";
import { optionsWords } from "../../words/options.ts";
import {
	askedColumns,
	type Choices,
	choiceOf,
	chooseAll,
	type Deciding,
	type Difference,
	decisionOf,
} from "./decision-draft.ts";

type ChooseValuesProps = { difference: Difference; deciding: Deciding };

/** A row for each column: what is there, what was captured, and which of them stays. */
export function ChooseValues({ difference, deciding }: ChooseValuesProps) {
	const { provider, busy, problem, onDecide, onCancel } = deciding;
	const [choices, setChoices] = useState<Choices>({});
	const [pressed, setPressed] = useState(false);
	const decision = decisionOf(difference, choices);
	const save = () => {
		setPressed(true);
		if (decision !== null) onDecide(decision);
	};
	return (
		<>
			<p class="muted">
				{words.differs(provider)}{" "}
				{difference.remoteUrl && <WebLink href={difference.remoteUrl}>{words.openRow(provider)}</WebLink>}
			</p>
			{askedColumns(difference).length > 1 && (
				<div class="form-buttons">
					<Button size="small" onPress={() => setChoices(chooseAll(difference, "theirs"))}>
						{words.allTheirs}
					</Button>
					<Button size="small" onPress={() => setChoices(chooseAll(difference, "ours"))}>
						{words.allOurs}
					</Button>
				</div>
			)}
			<Versions
				difference={difference}
				provider={provider}
				choices={choices}
				onChoose={(columnId, choice) => setChoices({ ...choices, [columnId]: choice })}
			/>
			<Problem>{pressed && decision === null ? words.missing : problem}</Problem>
			<div class="dialog-buttons">
				<Button onPress={onCancel}>{optionsWords.cancel}</Button>
				<Button look="main" busy={busy ? words.saving : null} onPress={save}>
					{words.save}
				</Button>
			</div>
		</>
	);
}

type VersionsProps = {
	difference: Difference;
	provider: string;
	choices: Choices;
	onChoose: (columnId: string, choice: ConflictChoice) => void;
};

function Versions({ difference, provider, choices, onChoose }: VersionsProps) {
	return (
		<div class="card decide-scroll">
			<table class="decide">
				<thead>
					<tr>
						<th scope="col">{words.column}</th>
						<th scope="col">{words.theirs(provider)}</th>
						<th scope="col">{words.ours}</th>
					</tr>
				</thead>
				<tbody>
					{difference.columns.map((column) => (
						<ColumnLine
							key={column.columnId}
							column={column}
							chosen={choiceOf(column, choices)}
							onChoose={(choice) => onChoose(column.columnId, choice)}
						/>
					))}
				</tbody>
			</table>
		</div>
	);
}

type ColumnLineProps = {
	column: Difference["columns"][number];
	chosen: ConflictChoice | null;
	onChoose: (choice: ConflictChoice) => void;
};

function ColumnLine({ column, chosen, onChoose }: ColumnLineProps) {
	return (
		<tr>
			<th scope="row">{column.name}</th>
			{(["theirs", "ours"] as const).map((choice) => (
				<td key={choice} data-stays={chosen === choice}>
					<label class="choice decide-choice">
						<input
							class="check"
							type="radio"
							name={`decide-${column.columnId}`}
							checked={chosen === choice}
							disabled={column.result !== null}
							onChange={() => onChoose(choice)}
						/>
						<span>{column[choice] ?? <em class="muted">{words.empty}</em>}</span>
					</label>
				</td>
			))}
		</tr>
	);
}
