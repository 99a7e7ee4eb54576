import { useState } from "preact/hooks";
import type { RecordConflict } from "../../../../backend/contract/conflicts.ts";
import { Button } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { WebLink } from "../../parts/web-link.tsx";
import { decideWords as words } from "../../words/decide.ts";
import { optionsWords } from "../../words/options.ts";
import type { Deciding } from "./decision-draft.ts";

type Candidate = Extract<RecordConflict, { kind: "ambiguous" }>["candidates"][number];
type ChooseRowProps = { candidates: readonly Candidate[]; targetId: string; deciding: Deciding };

/** Several rows match: each with its first cells, and one of them to be chosen. */
export function ChooseRow({ candidates, targetId, deciding }: ChooseRowProps) {
	const { provider, busy, problem, onDecide, onCancel } = deciding;
	const [chosen, setChosen] = useState<string | null>(null);
	const [pressed, setPressed] = useState(false);
	const save = () => {
		setPressed(true);
		if (chosen !== null) onDecide({ targetId, remoteId: chosen });
	};
	return (
		<>
			<p class="muted">{words.ambiguous(candidates.length, provider)}</p>
			<ul class="card rows decide-scroll">
				{candidates.map((candidate) => (
					<li class="row candidate" key={candidate.remoteId}>
						<label class="choice decide-choice">
							<input
								class="check"
								type="radio"
								name="candidate"
								checked={chosen === candidate.remoteId}
								onChange={() => setChosen(candidate.remoteId)}
							/>
							<CandidateCells candidate={candidate} />
						</label>
						{candidate.url && <WebLink href={candidate.url}>{words.openRow(provider)}</WebLink>}
					</li>
				))}
			</ul>
			<Problem>{pressed && chosen === null ? words.missingRow : problem}</Problem>
			<div class="dialog-buttons">
				<Button onPress={onCancel}>{optionsWords.cancel}</Button>
				<Button look="main" busy={busy ? words.saving : null} onPress={save}>
					{words.useRow}
				</Button>
			</div>
		</>
	);
}

function CandidateCells({ candidate }: { candidate: Candidate }) {
	return (
		<span class="candidate-cells">
			{candidate.cells.map(({ columnId, name, value }) => (
				<span key={columnId}>
					<span class="muted">{name}</span> {value ?? <em class="muted">{words.empty}</em>}
				</span>
			))}
		</span>
	);
}
