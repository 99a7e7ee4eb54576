import { useId, useState } from "preact/hooks";
import type { SelectionPatch, SelectionView } from "../../../../backend/contract/selections.ts";
import { SubmitButton } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { optionsWords } from "../../words/options.ts";
import { rhythmWords } from "../../words/rhythm.ts";
import { selectionWords as words } from "../../words/selections.ts";
import { useWorld } from "../context.ts";
import { type Rhythm, rhythmProblem } from "../targets/schedule-editor.ts";
import { WhenFields } from "../targets/when-fields.tsx";
import { useDoing } from "../use-doing.ts";

type SelectionSettingsProps = { selection: SelectionView; onChanged: () => Promise<void> };

/** When it runs, where its rows go, and what is said of rows that are gone at the source. */
export function SelectionSettings({ selection, onChanged }: SelectionSettingsProps) {
	const { client } = useWorld();
	const { busy, problem, run } = useDoing();
	const [rhythm, setRhythm] = useState<Rhythm>({ frequency: selection.frequency, schedule: selection.schedule });
	const [gone, setGone] = useState(selection.gone);
	const [targetId, setTargetId] = useState(selection.targetId);
	const [said, setSaid] = useState("");
	const wrong = rhythmProblem(rhythm);
	const save = (event: Event) => {
		event.preventDefault();
		setSaid("");
		run(async () => {
			if (wrong !== null) throw new Error(rhythmWords.problems[wrong]);
			await client.changeSelection(selection.id, patchOf(selection, { rhythm, gone, targetId }));
			await onChanged();
			setSaid(words.saved);
		});
	};
	return (
		<form class="section" aria-label={words.settingsTitle} onSubmit={save}>
			<h2>{words.settingsTitle}</h2>
			<div class="card item">
				<WhenFields rhythm={rhythm} onChange={setRhythm} said={words.rhythm} isLine />
				<TargetChoice targetId={targetId} onChoose={setTargetId} />
				<GoneChoice gone={gone} onChoose={setGone} />
				<Problem>{problem}</Problem>
				<div class="form-buttons">
					<SubmitButton busy={busy ? optionsWords.saving : null}>{optionsWords.save}</SubmitButton>
					<p class="form-said muted" role="status">
						{said}
					</p>
				</div>
			</div>
		</form>
	);
}

type Draft = { rhythm: Rhythm; gone: SelectionView["gone"]; targetId: string | null };

/** One that waited for a target goes on with it. */
function patchOf(before: SelectionView, { rhythm, gone, targetId }: Draft): SelectionPatch {
	const { schedule } = rhythm;
	const frequency = rhythm.frequency === "on_capture" ? "manual" : rhythm.frequency;
	const moved = targetId === null || targetId === before.targetId ? {} : { targetId };
	return { frequency, schedule, gone, ...moved, ...(before.targetId === null && targetId ? { paused: false } : {}) };
}

type TargetChoiceProps = { targetId: string | null; onChoose: (targetId: string) => void };

function TargetChoice({ targetId, onChoose }: TargetChoiceProps) {
	const { targets } = useWorld().settings;
	const id = useId();
	return (
		<div class="form-line">
			<label for={id}>{words.targetTitle}</label>
			<select id={id} class="input" value={targetId ?? ""} onChange={(event) => onChoose(event.currentTarget.value)}>
				{targetId === null && <option value="">{words.chooseTarget}</option>}
				{targets.map((target) => (
					<option key={target.id} value={target.id}>
						{target.name} · {target.providerTitle}
					</option>
				))}
			</select>
		</div>
	);
}

type GoneChoiceProps = { gone: SelectionView["gone"]; onChoose: (gone: SelectionView["gone"]) => void };

function GoneChoice({ gone, onChoose }: GoneChoiceProps) {
	const note = useId();
	return (
		<fieldset class="form-line" aria-describedby={note}>
			<legend>{words.goneTitle}</legend>
			{(["tell", "keep"] as const).map((choice) => (
				<label class="choice" key={choice}>
					<input class="check" type="radio" name="gone" checked={gone === choice} onChange={() => onChoose(choice)} />
					{words.goneChoice[choice]}
				</label>
			))}
			<p class="muted" id={note}>
				{words.goneNote}
			</p>
		</fieldset>
	);
}
