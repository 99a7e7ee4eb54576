import { recordsWords as words } from "../../words/records.ts";
import { useWorld } from "../context.ts";
import { optionsPath, type RecordTab } from "../route.ts";

const own = ["all", "waiting", "needs_you"] as const;

/** Which records are shown: this device's, by how they stand, or everybody's of the workspace. `tab` null: those that were searched for. */
export function RecordTabs({ tab }: { tab: RecordTab | null }) {
	const { records, settings } = useWorld();
	const { counts } = records;
	const countOf: Record<RecordTab, number | null> = {
		all: null,
		waiting: counts.waiting,
		needs_you: counts.needsYou,
		workspace: null,
	};
	const tabs: readonly RecordTab[] = settings.account === null ? own : [...own, "workspace"];
	return (
		<nav class="tabs" aria-label={words.filterLabel}>
			{tabs.map((name) => (
				<a
					key={name}
					class="tab"
					href={name === "all" ? optionsPath("records") : optionsPath("records", name)}
					aria-current={name === tab ? "page" : undefined}
				>
					{words.filters[name]}
					{countOf[name] ? <span class="muted"> {countOf[name]}</span> : null}
				</a>
			))}
		</nav>
	);
}
