import { useId, useState } from "preact/hooks";
import type { FoundTable } from "../../../capture/tables/types.ts";
import { type Collection, mayGoOn } from "../../../settings/collections.ts";
import { Button } from "../../parts/button.tsx";
import { gridWords as words } from "../../words/grid.ts";
import { type Gathered, gatherMore, mostRows, stopGathering } from "./use-collection.ts";
import type { Reading } from "./use-reading.ts";

type GatherBarProps = {
	tabId: number;
	table: FoundTable;
	gathered: Gathered | null;
	/** How many rows the grid has. */
	shown: number;
	reading: Reading;
};

const usualLimit = 1_000;

/** How many rows there are; where there are further pages, more of them up to a limit, with progress and Stop. */
export function GatherBar(props: GatherBarProps) {
	const { tabId, table, gathered, shown } = props;
	const [problem, setProblem] = useState<string | null>(null);
	const collection = gathered?.collection ?? null;
	if (collection && collection.end === null) return <Gathering tabId={tabId} collection={collection} />;
	const more = table.next !== null && (collection === null || mayGoOn(collection));
	return (
		<div class="gather">
			<span role="status">{problem ?? ended(collection, shown)}</span>
			{more && <MoreRows {...props} onProblem={setProblem} />}
		</div>
	);
}

function Gathering({ tabId, collection }: { tabId: number; collection: Collection }) {
	const { rows, limit, pages } = collection;
	return (
		<div class="gather" role="status">
			<progress value={rows} max={limit.rows} aria-label={words.gathering} />
			<span class="muted">{words.gathered(rows, limit.rows, pages)}</span>
			<Button size="small" onPress={() => void stopGathering(tabId)}>
				{words.stop}
			</Button>
		</div>
	);
}

type MoreRowsProps = GatherBarProps & { onProblem: (problem: string | null) => void };

function MoreRows({ tabId, table, gathered, shown, reading, onProblem }: MoreRowsProps) {
	const id = useId();
	const [limit, setLimit] = useState(usualLimit);
	const start = async () => {
		const rows = Math.min(Math.max(limit, shown + 1), mostRows);
		const gather = () =>
			gatherMore(tabId, table, { rows, goesOn: gathered !== null }).then(
				() => onProblem(null),
				() => onProblem(words.notGathered),
			);
		// Going on takes nothing away.
		await (gathered === null ? reading.unlessAtStake(gather) : gather());
	};
	return (
		<>
			<label for={id} class="muted">
				{words.upTo}
			</label>
			<input
				id={id}
				class="input gather-limit"
				type="number"
				min={1}
				max={mostRows}
				step={100}
				value={limit}
				onInput={(event) => setLimit(event.currentTarget.valueAsNumber || usualLimit)}
			/>
			<Button size="small" onPress={() => void start()}>
				{words.moreRows}
			</Button>
		</>
	);
}

function ended(collection: Collection | null, shown: number): string {
	const end = collection?.end ?? null;
	return end === null ? words.rows(shown) : words.ended(end, shown);
}
