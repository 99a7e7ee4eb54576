import { useState } from "preact/hooks";
import type { BulkView } from "../../../../backend/contract/bulk.ts";
import { errorSentence } from "../../../i18n/error-sentence.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { bulkWords as words } from "../../words/bulk.ts";
import { useWorld } from "../context.ts";
import { optionsPath } from "../route.ts";
import { useDoing } from "../use-doing.ts";
import { useRemote } from "../use-remote.ts";
import type { Bulk } from "./use-bulk.ts";

/** Hidden by the person, for as long as this page is open. */
const hidden = new Set<string>();

/** What is under way with its progress and Stop, and the latest results with what needs the person. */
export function BulkProgress({ bulk, targetId }: { bulk: Bulk; targetId?: string }) {
	const [, setHiddenCount] = useState(0);
	const shown = bulk.operations
		.filter(({ targetIds }) => targetId === undefined || targetIds.includes(targetId))
		.filter(({ id }) => !hidden.has(id))
		.slice(0, 3);
	if (shown.length === 0) return null;
	const hide = (id: string) => {
		hidden.add(id);
		setHiddenCount(hidden.size);
	};
	return (
		<section class="card bulk" aria-label={words.section}>
			{shown.map((operation) =>
				operation.status === "running" ? (
					<Running key={operation.id} operation={operation} onStop={() => bulk.stop(operation.id)} />
				) : (
					<Ended key={operation.id} operation={operation} onHide={() => hide(operation.id)} />
				),
			)}
		</section>
	);
}

function Running({ operation, onStop }: { operation: BulkView; onStop: () => Promise<void> }) {
	const { busy, problem, run } = useDoing();
	const said = words.progress(operation);
	return (
		<div class="bulk-line">
			<div class="bulk-words">
				<span role="status">{said}</span>
				<progress class="bulk-bar" aria-label={said} max={operation.total} value={operation.done + operation.failed} />
				<Problem>{problem}</Problem>
			</div>
			<Button size="small" busy={busy ? words.stopping : null} onPress={() => run(onStop)}>
				{words.stop}
			</Button>
		</div>
	);
}

function Ended({ operation, onHide }: { operation: BulkView; onHide: () => void }) {
	const outcome = words.outcome(operation);
	return (
		<div class="bulk-line">
			<div class="bulk-words">
				<span role="status">
					{words.result(operation)} {outcome}
				</span>
				{operation.outcome.needsYou > 0 && <a href={optionsPath("records", "needs_you")}>{words.seeNeeding}</a>}
				{operation.failed > 0 && <Failures operation={operation} />}
			</div>
			<IconButton icon="close" label={words.hide} size="small" onPress={onHide} />
		</div>
	);
}

function Failures({ operation }: { operation: BulkView }) {
	const { client } = useWorld();
	const [remote] = useRemote(operation.id, () => client.bulkOperation(operation.id));
	return (
		<div>
			<p>{words.failed(operation.failed)}</p>
			{remote.state === "ready" && (
				<ul class="bullets">
					{remote.value.failures.map(({ recordId, title, problem }) => (
						<li key={recordId}>
							{title || words.gone}: {errorSentence(problem)}
						</li>
					))}
				</ul>
			)}
		</div>
	);
}
