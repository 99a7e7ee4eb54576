import { useEffect, useState } from "preact/hooks";
import type { SelectionRun, SelectionView } from "../../../../backend/contract/selections.ts";
import type { Frequency, TargetView } from "../../../../backend/contract/targets.ts";
import { ApiFailure } from "../../../api/api-failure.ts";
import { useNews } from "../../local/live.ts";
import { withFrequency } from "../../options/targets/schedule-editor.ts";
import { pickWords as words } from "../../words/pick.ts";
import type { PickWorld } from "../pick-pane.tsx";
import { settingsOf } from "../picked.ts";
import type { ChosenPlace } from "../places.ts";
import type { Picking } from "../use-picking.ts";
import { sameSelection } from "./selection-of.ts";

/** How often what is picked is looked at again. */
export type PickRhythm = Exclude<Frequency, "on_capture" | "cron">;

/** What was sent: the selection it is saved as, where it goes, and its newest run. */
export type Sent = { selection: SelectionView; targetName: string; run: SelectionRun };

export type PickSending = {
	isBusy: boolean;
	/** Why the last press brought nothing. */
	failure: unknown;
	sent: Sent | null;
	send: (target: TargetView, rhythm: PickRhythm) => void;
	stop: () => void;
};

/** A name has at most so many characters. */
const mostNameCharacters = 80;

/** Saves what is picked, runs it, and follows the run; it goes on at the server when this page is closed. */
export function useSending({ client, feed }: PickWorld, picking: Picking, chosen: ChosenPlace): PickSending {
	const [isBusy, setBusy] = useState(false);
	const [failure, setFailure] = useState<unknown>(null);
	const [sent, setSent] = useState<Sent | null>(null);
	const act = (work: () => Promise<void>) => {
		if (isBusy) return;
		setBusy(true);
		setFailure(null);
		void work()
			.catch(setFailure)
			.finally(() => setBusy(false));
	};
	const look = async () => {
		if (sent?.run.status !== "running") return;
		const [run] = await client.selectionRuns(sent.selection.id);
		if (run) setSent((before) => (before?.selection.id === sent.selection.id ? { ...before, run } : before));
	};
	const ended = sent === null || sent.run.status === "running" ? null : sent.run.id;
	useEffect(() => {
		if (ended !== null) picking.mark();
	}, [ended]);
	useNews(feed, (news) => news === null || news.lists.includes("selections"), look);
	return {
		isBusy,
		failure,
		sent,
		send: (target, rhythm) =>
			act(async () => {
				const selection = await saved({ client, picking, chosen }, target, rhythm);
				setSent({ selection, targetName: target.name, run: await begun(client, selection.id) });
			}),
		stop: () =>
			act(async () => {
				if (!sent) return;
				const [run] = await client.stopSelection(sent.selection.id);
				if (run) setSent({ ...sent, run });
			}),
	};
}

type Asking = { client: PickWorld["client"]; picking: Picking; chosen: ChosenPlace };

async function saved(
	{ client, picking, chosen }: Asking,
	target: TargetView,
	frequency: PickRhythm,
): Promise<SelectionView> {
	const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
	const wanted = {
		...settingsOf(picking.picked),
		connectionId: picking.connectionId,
		place: chosen.place,
		targetId: target.id,
		frequency,
		name: words.selectionName(chosen.name, target.name).slice(0, mostNameCharacters),
	};
	const same = sameSelection(await client.selections(), wanted);
	if (same !== null) return same;
	const { schedule } = withFrequency({ frequency: "manual", schedule: null }, frequency, timeZone);
	return await client.createSelection({ ...wanted, schedule, tableName: chosen.name.slice(0, 200) });
}

/** One goes on already: that one is followed. */
async function begun(client: PickWorld["client"], id: string): Promise<SelectionRun> {
	try {
		return await client.runSelection(id);
	} catch (error) {
		if (!(error instanceof ApiFailure) || error.code !== "selections/running") throw error;
		const [run] = await client.selectionRuns(id);
		if (!run) throw error;
		return run;
	}
}
