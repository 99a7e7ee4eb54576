import { useEffect, useRef } from "preact/hooks";
import { Icon, type IconName, Mark } from "../parts/icon.tsx";
import { optionsWords } from "../words/options.ts";
import { productName } from "../words/shared.ts";
import { useWorld } from "./context.ts";
import { type PageName, pageNames } from "./route.ts";
import { WorkspaceSwitcher } from "./workspace/switcher.tsx";

const icons: Record<PageName, IconName> = {
	overview: "home",
	connections: "plug",
	targets: "table",
	selections: "picked",
	recipes: "pick",
	records: "list",
	inbox: "archive",
	webhooks: "link",
	activity: "chart",
	workspace: "people",
	account: "person",
	data: "database",
	settings: "gear",
	shortcuts: "keyboard",
	privacy: "shield",
};

/** The way around: at the side, or across the top where the window is narrow. */
export function Rail({ page }: { page: PageName }) {
	const { settings, records } = useWorld();
	const counts: Partial<Record<PageName, number>> = {
		records: records.counts.needsYou,
		inbox: settings.targets.reduce((sum, { inReview }) => sum + inReview, 0),
	};
	const list = useRef<HTMLUListElement>(null);
	// Across the top the row scrolls; the page one is on must be in it.
	useEffect(() => {
		const bringIntoSight = () => {
			const link = list.current?.querySelector<HTMLElement>("[aria-current]");
			if (list.current && link)
				list.current.scrollLeft = link.offsetLeft - (list.current.clientWidth - link.offsetWidth) / 2;
		};
		bringIntoSight();
		// A window that was made narrow has the row across the top, too.
		addEventListener("resize", bringIntoSight);
		return () => removeEventListener("resize", bringIntoSight);
	}, [page]);
	return (
		<nav class="rail" aria-label={optionsWords.rail}>
			<a class="brand" href="#overview">
				<Mark />
				{productName}
			</a>
			<WorkspaceSwitcher />
			<ul ref={list}>
				{pageNames.map((name) => (
					<li key={name}>
						<a class="rail-link" href={`#${name}`} aria-current={name === page ? "page" : undefined}>
							<Icon name={icons[name]} />
							<span>{optionsWords.pages[name]}</span>
							{(counts[name] ?? 0) > 0 && (
								<span class="rail-count" title={optionsWords.pages[name]}>
									{counts[name]}
								</span>
							)}
						</a>
					</li>
				))}
			</ul>
			<p class="rail-foot muted clip">{settings.account?.email ?? optionsWords.guest}</p>
		</nav>
	);
}
