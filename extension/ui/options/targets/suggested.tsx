import type { Table } from "../../../../backend/contract/connections.ts";
import { Button } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Problem } from "../../parts/problem.tsx";
import { fieldName } from "../../words/capture.ts";
import { optionsWords } from "../../words/options.ts";
import { targetWords as words } from "../../words/targets.ts";
import { useDoing } from "../use-doing.ts";
import { toMapping } from "./mapping/mapping-draft.ts";
import type { TargetDraft } from "./target-draft.ts";

type SuggestedProps = { draft: TargetDraft; table: Table; onUse: () => Promise<void>; onChange: () => void };

/** The whole target as suggested, on one card with one main button. */
export function Suggested({ draft, table, onUse, onChange }: SuggestedProps) {
	const { busy, problem, run } = useDoing();
	const columnName = (id: string) => table.fields.find((field) => field.id === id)?.name ?? id;
	return (
		<section class="card suggested" aria-labelledby="suggested">
			<p class="muted">{words.suggested}</p>
			<h2 id="suggested">{words.suggestedFor(table.name, table.container.name)}</h2>
			<ul class="pairs">
				{table.fields
					.filter((field) => toMapping(draft.mapping).some((entry) => entry.to === field.id))
					.map((field) => (
						<li key={field.id}>
							<span class="muted">
								{toMapping(draft.mapping)
									.filter((entry) => entry.to === field.id)
									.map((entry) => fieldName(entry.from))
									.join(", ")}
							</span>
							<Icon name="forward" />
							<span>{field.name}</span>
						</li>
					))}
			</ul>
			<p>{words.suggestedMatch(draft.mapping.matchKey.map(columnName).join(", "))}</p>
			<Problem>{problem}</Problem>
			<div class="form-buttons">
				<Button look="main" busy={busy ? optionsWords.saving : null} onPress={() => run(onUse)}>
					{words.useThis}
				</Button>
				<Button look="quiet" onPress={onChange}>
					{words.change}
				</Button>
			</div>
		</section>
	);
}
