import { Icon } from "../../../parts/icon.tsx";
import { Menu } from "../../../parts/menu.tsx";
import { stepWords as words } from "../../../words/steps.ts";
import type { StepKind } from "./step-drafts.ts";

const kinds = Object.keys(words.kinds) as StepKind[];

/** What can be done to a value, by what comes of it. */
export function AddStep({ onAdd }: { onAdd: (kind: StepKind) => void }) {
	return (
		<Menu
			class="button"
			label={words.add}
			entries={kinds.map((kind) => ({ label: words.kinds[kind], onPress: () => onAdd(kind) }))}
		>
			<Icon name="plus" />
			{words.add}
		</Menu>
	);
}
