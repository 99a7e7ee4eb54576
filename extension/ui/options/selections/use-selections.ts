import type { SelectionView } from "../../../../backend/contract/selections.ts";
import { useNews } from "../../local/live.ts";
import { useWorld } from "../context.ts";
import { type Remote, useRemote } from "../use-remote.ts";
import { concernsSelections } from "./selection-state.ts";

/** The workspace's selections, as they change; not asked for a guest. */
export function useSelections(): [Remote<SelectionView[]>, () => Promise<void>] {
	const { client, feed, settings, online } = useWorld();
	const { account } = settings;
	const key = account && `${account.userId} ${account.workspaceId} ${online}`;
	const [remote, reload] = useRemote(key, () => client.selections());
	useNews(feed, concernsSelections, reload);
	return [remote, reload];
}
