import type { SelectionRun, SelectionView } from "../../../../backend/contract/selections.ts";
import { errorSentence } from "../../../i18n/error-sentence.ts";
import type { IconName } from "../../parts/icon.tsx";
import { Moment } from "../../parts/moment.tsx";
import { Row } from "../../parts/row.tsx";
import { runFacts, selectionWords as words } from "../../words/selections.ts";
import { useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { useRemote } from "../use-remote.ts";
import { useEnds } from "./selection-head.tsx";

const icons: Record<SelectionRun["status"], IconName> = {
	running: "play",
	done: "check",
	stopped: "pause",
	failed: "alert",
};

/** Its last twenty runs, each with what it found and why it ended. */
export function SelectionRuns({ selection }: { selection: SelectionView }) {
	const { client, online } = useWorld();
	const { id, lastRun } = selection;
	// What the selection says of its last run is as fresh as the page: the others do not change.
	const step = lastRun && `${lastRun.id} ${lastRun.status === "running"}`;
	const [runs, reload] = useRemote(`${id} ${step}`, () => client.selectionRuns(id));
	const { sourceName } = useEnds(selection);
	return (
		<section class="section" aria-label={words.runs.title}>
			<h2>{words.runs.title}</h2>
			<RemoteView remote={runs} what={words.runs.what} online={online} lines={2} onReload={reload}>
				{(list) =>
					list.length === 0 ? (
						<p class="muted">{words.runs.none}</p>
					) : (
						<ul class="card rows">
							{list.map((run) => (
								<RunRow key={run.id} run={run.id === lastRun?.id ? lastRun : run} sourceName={sourceName} />
							))}
						</ul>
					)
				}
			</RemoteView>
		</section>
	);
}

function RunRow({ run, sourceName }: { run: SelectionRun; sourceName: string }) {
	const { problem, status } = run;
	return (
		<Row
			mark={{ icon: icons[status] }}
			title={runFacts(run).join(" · ")}
			notes={[
				words.runs.status[status],
				<Moment key="at" instant={run.finishedAt ?? run.createdAt} words={words.ran} />,
				words.runs.cause[run.cause],
			]}
			reason={problem && errorSentence(problem, { provider: sourceName })}
		/>
	);
}
