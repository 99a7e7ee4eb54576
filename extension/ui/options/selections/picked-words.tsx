import type { SelectionView } from "../../../../backend/contract/selections.ts";
import type { SourceColumn } from "../../../../backend/contract/sources.ts";
import { pickedFacts } from "../../words/selections.ts";
import { useWorld } from "../context.ts";
import { useRemote } from "../use-remote.ts";

/** What is picked, in words. What the conditions' columns are called is asked of the source; until it is known, they are only counted. */
export function PickedWords({ selection }: { selection: SelectionView }) {
	const { client } = useWorld();
	const { id, connectionId, place, filter } = selection;
	const [schema] = useRemote(filter.length > 0 ? id : null, () => client.sourceSchema(connectionId, place));
	const columns: readonly SourceColumn[] = schema.state === "ready" ? schema.value.columns : [];
	return (
		<p class="item-facts">
			{pickedFacts(selection, columns).map((fact) => (
				<span key={fact}>{fact}</span>
			))}
		</p>
	);
}
