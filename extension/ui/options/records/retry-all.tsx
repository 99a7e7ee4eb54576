import { ask } from "../../../messages/ask.ts";
import type { LocalRecord } from "../../../outbox/types.ts";
import { retryable } from "../../local/lost-workspace.ts";
import { Button } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { recordsWords as words } from "../../words/records.ts";
import type { Bulk } from "../bulk/use-bulk.ts";
import { isSelectable } from "../bulk/use-selection.ts";
import { may, useWorld } from "../context.ts";
import { useDoing } from "../use-doing.ts";

/** Everything that failed goes again: what the server refused to take from here, and what failed there, from every device. */
export function RetryAll({ found, bulk }: { found: readonly LocalRecord[]; bulk: Bulk }) {
	const world = useWorld();
	const { busy, problem, run } = useDoing();
	const here = retryable(found).filter((record) => !isSelectable(record));
	const there = may(world, "records:write") ? found.filter(isSelectable) : [];
	if (here.length + there.length < 2) return null;
	const retryAll = () =>
		run(async () => {
			for (const record of here) await world.outbox.retry(record.id);
			if (here.length > 0) await ask("outbox.flush", {});
			if (there.length > 0) await bulk.start({ kind: "retry", selection: { filter: { status: "needs_you" } } });
		});
	return (
		<>
			<Problem>{problem}</Problem>
			<Button busy={busy ? words.retryAll : null} onPress={retryAll}>
				{words.retryAll}
			</Button>
		</>
	);
}
