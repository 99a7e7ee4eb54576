import { useState } from "preact/hooks";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { optionsWords } from "../../words/options.ts";
import { targetWords as words } from "../../words/targets.ts";
import { optionsPath } from "../route.ts";
import { useDoing } from "../use-doing.ts";
import { type TargetDraft, targetProblem } from "./target-draft.ts";

/** Saves the target; what is still missing is said when it is pressed, not before. */
export function SaveBar({ draft, onSave }: { draft: TargetDraft; onSave: () => Promise<void> }) {
	const { busy, problem, run } = useDoing();
	const [pressed, setPressed] = useState(false);
	const missing = targetProblem(draft);
	const save = () => {
		setPressed(true);
		if (missing === null) run(onSave);
	};
	return (
		<div class="save-bar">
			<Button look="main" busy={busy ? optionsWords.saving : null} onPress={save}>
				{optionsWords.save}
			</Button>
			<ButtonLink look="quiet" href={optionsPath("targets")}>
				{optionsWords.cancel}
			</ButtonLink>
			<p class="field-problem" role="status">
				{pressed && missing !== null ? words.problems[missing] : problem}
			</p>
		</div>
	);
}
