import { useId } from "preact/hooks";
import type { SourceView } from "../../../backend/contract/selections.ts";
import { pickWords as words } from "../words/pick.ts";

type ChooseAccountProps = {
	sources: readonly SourceView[];
	chosen: SourceView;
	onChoose: (connectionId: string) => void;
};

/** Which connected account rows come from. */
export function ChooseAccount({ sources, chosen, onChoose }: ChooseAccountProps) {
	const id = useId();
	return (
		<div class="pick-choice">
			<label for={id}>{words.account}</label>
			<select
				id={id}
				class="input"
				value={chosen.connectionId}
				onChange={(event) => onChoose(event.currentTarget.value)}
			>
				{sources.map(({ connectionId, name, providerTitle }) => (
					<option key={connectionId} value={connectionId}>
						{name === providerTitle ? name : words.accountOption(name, providerTitle)}
					</option>
				))}
			</select>
		</div>
	);
}
