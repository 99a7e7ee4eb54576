import { Banner } from "../../parts/banner.tsx";
import { Button } from "../../parts/button.tsx";
import { gridWords as words } from "../../words/grid.ts";
import type { AtStake } from "./use-reading.ts";

/** Asks before gathered rows that were not sent make room for a table's. */
export function RowsAtStake({ rows, start, onKeep }: AtStake & { onKeep: () => void }) {
	return (
		<div role="alert">
			<Banner
				icon="alert"
				tone="warn"
				action={
					<>
						<Button size="small" onPress={onKeep}>
							{words.keepRows}
						</Button>
						<Button size="small" look="quiet" onPress={start}>
							{words.readTable}
						</Button>
					</>
				}
			>
				{words.atStake(rows)}
			</Banner>
		</div>
	);
}
