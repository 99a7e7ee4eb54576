import type { SelectionView } from "../../../../backend/contract/selections.ts";
import type { News } from "../../../live/shared-feed.ts";
import type { IconName } from "../../parts/icon.tsx";
import type { SelectionState } from "../../words/selections.ts";
import type { Remote } from "../use-remote.ts";

/** What is to be said of it first: what goes on, then what needs the person, then how it is meant to be. Pure. */
export function selectionState({ lastRun, problem, paused, frequency }: SelectionView): SelectionState {
	if (lastRun?.status === "running") return lastRun.problem === null ? "running" : "waiting";
	if (problem !== null) return "needs_you";
	if (paused) return "paused";
	if (frequency !== "manual") return "kept";
	return lastRun === null ? "new" : "done";
}

type Mark = {
	icon: IconName;
	/** The tone, as connections have them in `data-status`. */
	tone: "healthy" | "revoked" | "rate_limited" | "disconnected";
};

export const stateMarks: Record<SelectionState, Mark> = {
	new: { icon: "hollow", tone: "disconnected" },
	running: { icon: "play", tone: "healthy" },
	waiting: { icon: "pause", tone: "rate_limited" },
	needs_you: { icon: "alert", tone: "revoked" },
	paused: { icon: "pause", tone: "rate_limited" },
	kept: { icon: "check", tone: "healthy" },
	done: { icon: "check", tone: "healthy" },
};

/** Whether what selections are or count may be another now: their accounts and targets take some with them. `null`: nobody knows what was missed. */
export function concernsSelections(news: News): boolean {
	if (news === null || news.gone.length > 0) return true;
	return ["selections", "connections", "targets"].some((list) => news.lists.includes(list));
}

/** What those are called that hang on something; null while it is not known, or where there are none. */
export function namesOf(remote: Remote<SelectionView[]>, hangs: (selection: SelectionView) => boolean): string | null {
	if (remote.state !== "ready") return null;
	const names = remote.value.filter(hangs).map(({ name }) => name);
	return names.length === 0 ? null : names.join(", ");
}
