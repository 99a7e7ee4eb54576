import { onward } from "../../../../i18n/locale.ts";
import { stepWords as words } from "../../../words/steps.ts";
import type { StepDraft } from "./step-drafts.ts";

type StepsButtonProps = {
	steps: readonly StepDraft[];
	columnName: string;
	open: boolean;
	/** The id of what it opens. */
	panel: string;
	onPress: () => void;
};

/** Says what is done to a value on its way, and opens it. */
export function StepsButton({ steps, columnName, open, panel, onPress }: StepsButtonProps) {
	const said = steps.length === 0 ? words.none : words.count(steps.length);
	return (
		<button
			type="button"
			class="button"
			data-look="quiet"
			data-size="small"
			data-part="steps"
			aria-expanded={open}
			aria-controls={open ? panel : undefined}
			aria-label={`${said}. ${words.stepsOf(columnName)}`}
			title={steps.map((step) => words.kinds[step.kind]).join(` ${onward} `) || words.stepsOf(columnName)}
			onClick={onPress}
		>
			{said}
		</button>
	);
}
