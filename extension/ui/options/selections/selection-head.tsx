import type { SelectionView } from "../../../../backend/contract/selections.ts";
import { errorSentence } from "../../../i18n/error-sentence.ts";
import { Icon } from "../../parts/icon.tsx";
import { Moment } from "../../parts/moment.tsx";
import { longWhen, untilWhen } from "../../when.ts";
import { runFacts, selectionRhythm, selectionWords as words } from "../../words/selections.ts";
import { actionWords } from "../../words/status.ts";
import { useWorld } from "../context.ts";
import { optionsPath } from "../route.ts";
import { selectionState, stateMarks } from "./selection-state.ts";

/** What a selection is called and how it stands, from where to where, what its last run found and when the next one is. */
export function SelectionHead({ selection }: { selection: SelectionView }) {
	const state = selectionState(selection);
	return (
		<>
			<div class="item-head">
				<h2>{selection.name}</h2>
				<span class="health" data-status={stateMarks[state].tone}>
					<Icon name={stateMarks[state].icon} />
					{words.state[state]}
				</span>
			</div>
			<Facts selection={selection} />
			<LastRun selection={selection} />
			<ProblemLine selection={selection} />
		</>
	);
}

function Facts({ selection }: { selection: SelectionView }) {
	const { sourceName, target } = useEnds(selection);
	const { nextRunAt, paused, rows } = selection;
	const next = nextRunAt === null || paused ? null : Date.parse(nextRunAt);
	return (
		<p class="muted item-facts">
			<span>{words.from(selection.tableName, sourceName)}</span>
			<span>{words.to(target?.name ?? null)}</span>
			<span>{words.present(rows.present)}</span>
			<span>{selectionRhythm(selection)}</span>
			{next !== null && (
				<time dateTime={new Date(next).toISOString()} title={longWhen(next)}>
					{words.next(untilWhen(next, Date.now()))}
				</time>
			)}
		</p>
	);
}

/** Read out as it changes: whoever pressed Run now hears what came of it. */
function LastRun({ selection: { lastRun } }: { selection: SelectionView }) {
	return (
		<p class="item-facts" role="status">
			{lastRun && lastRun.status !== "running" && (
				<Moment instant={lastRun.finishedAt ?? lastRun.createdAt} words={words.ran} />
			)}
			{lastRun && runFacts(lastRun).map((fact) => <span key={fact}>{fact}</span>)}
		</p>
	);
}

/** Why it rests or ended, and where that is mended. */
function ProblemLine({ selection }: { selection: SelectionView }) {
	const { sourceName } = useEnds(selection);
	const running = selection.lastRun?.status === "running";
	const problem = running ? (selection.lastRun?.problem ?? null) : selection.problem;
	if (problem === null) return null;
	const said = errorSentence(problem, { provider: sourceName });
	return (
		<p class={running ? "muted" : "item-problem"}>
			{said}{" "}
			{problem.action === "reconnect" && (
				<a href={optionsPath("connections", selection.connectionId)}>{actionWords.reconnect}</a>
			)}
			{selection.targetId === null && <a href={optionsPath("selections", selection.id)}>{words.chooseTarget}</a>}
		</p>
	);
}

/** The account that rows come from and the target that they go to, as far as they are known here. */
export function useEnds({ connectionId, provider, targetId }: SelectionView) {
	const { catalog, settings } = useWorld();
	const { connections = [] } = catalog.state === "ready" ? catalog.value : {};
	const connection = connections.find(({ id }) => id === connectionId);
	return {
		sourceName: connection?.name ?? provider,
		target: settings.targets.find(({ id }) => id === targetId) ?? null,
	};
}
