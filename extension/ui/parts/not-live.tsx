import type { Feed } from "../../live/shared-feed.ts";
import { useIsLate } from "../local/live.ts";
import { notLive } from "../words/status.ts";
import { Icon } from "./icon.tsx";

/** Said while changes are not told as they happen: what is shown may be older than it looks. */
export function NotLive({ feed, online }: { feed: Feed | null; online: boolean }) {
	const late = useIsLate(feed, online);
	return (
		<p class="not-live muted" role="status" hidden={!late}>
			{late && (
				<>
					<Icon name="offline" /> {notLive}
				</>
			)}
		</p>
	);
}
