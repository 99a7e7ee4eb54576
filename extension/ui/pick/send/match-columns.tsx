import { useState } from "preact/hooks";
import type { SourceColumn } from "../../../../backend/contract/sources.ts";
import type { TargetView } from "../../../../backend/contract/targets.ts";
import { refreshTargets } from "../../local/refresh-targets.ts";
import { optionsPath } from "../../options/route.ts";
import { useDoing } from "../../options/use-doing.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { pickWords as words } from "../../words/pick.ts";
import type { PickWorld } from "../pick-pane.tsx";
import { missingKeys, withSuggested } from "./fills.ts";

type MatchColumnsProps = {
	world: PickWorld;
	target: TargetView;
	columns: readonly SourceColumn[];
	/** What rows are told apart by there and nothing fills, by name. */
	missing: readonly string[];
};

/** A target that was made for captures knows none of a table's columns: those of like names and types are added to its mapping at a press. */
export function MatchColumns({ world, target, columns, missing }: MatchColumnsProps) {
	const { busy, problem, run } = useDoing();
	const [isUnlike, setUnlike] = useState(false);
	const match = () =>
		run(async () => {
			const { connectionId, tableId } = target;
			const fields = columns.map(({ name, type }) => ({ name, type }));
			const mapping = withSuggested(target, await world.client.suggestMapping({ connectionId, tableId, fields }));
			const stillMissing = missingKeys({ ...target, mapping }, columns);
			setUnlike(stillMissing.length > 0);
			if (stillMissing.length > 0) return;
			await world.client.changeTarget(target.id, { mapping });
			await refreshTargets();
		});
	return (
		<div class="pick-match" role="status">
			<p>{(isUnlike ? words.noneAlike : words.keyMissing)(target.name, missing)}</p>
			{isUnlike ? (
				<ButtonLink newTab size="small" href={optionsPath("targets", target.id)}>
					{words.openTarget}
				</ButtonLink>
			) : (
				<Button size="small" busy={busy ? words.matching : null} onPress={match}>
					{words.matchColumns}
				</Button>
			)}
			<Problem>{problem}</Problem>
		</div>
	);
}
