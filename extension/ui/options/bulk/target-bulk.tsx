import type { BulkKind } from "../../../../backend/contract/bulk.ts";
import { Button } from "../../parts/button.tsx";
import { bulkWords as words } from "../../words/bulk.ts";
import { Deed } from "../deed.tsx";
import { useDoing } from "../use-doing.ts";
import { BulkProgress } from "./bulk-progress.tsx";
import { useBulk } from "./use-bulk.ts";

/** What can be done with all records of a target, on its own page. */
export function TargetBulk({ targetId }: { targetId: string }) {
	const bulk = useBulk();
	const { busy, problem, run } = useDoing();
	const start = (kind: BulkKind) => run(() => bulk.start({ kind, selection: { filter: { targetId } } }));
	return (
		<section class="form-part">
			<h2>{words.section}</h2>
			<BulkProgress bulk={bulk} targetId={targetId} />
			<ul class="card">
				<Deed title={words.sendAllAgain} body={words.sendAllBody} problem={problem}>
					<Button busy={busy ? words.starting : null} onPress={() => start("resync")}>
						{words.sendAllAgain}
					</Button>
				</Deed>
				<Deed title={words.remapAll} body={words.remapBody}>
					<Button disabled={busy} onPress={() => start("remap")}>
						{words.remapAll}
					</Button>
				</Deed>
			</ul>
		</section>
	);
}
