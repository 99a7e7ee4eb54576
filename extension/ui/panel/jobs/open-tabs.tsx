import { useState } from "preact/hooks";
import { browser } from "wxt/browser";
import { Button } from "../../parts/button.tsx";
import { jobWords as words } from "../../words/jobs.ts";
import { StartPages } from "./start-pages.tsx";
import type { NewPage } from "./use-jobs.ts";

type OpenTab = NewPage & { tabId: number };

/** The tabs of every window of this profile that show a page of the web. */
async function readTabs(): Promise<OpenTab[]> {
	const tabs = await browser.tabs.query({});
	return tabs.flatMap(({ id, url = "", title = "" }) =>
		id !== undefined && /^https?:/.test(url) ? [{ tabId: id, url, title }] : [],
	);
}

/** The open tabs, once the person lets us see their addresses; each can be left out. */
export function OpenTabs({ onStart }: { onStart: (pages: readonly NewPage[]) => void }) {
	const [tabs, setTabs] = useState<readonly OpenTab[] | null>(null);
	const [out, setOut] = useState<ReadonlySet<number>>(new Set());
	const [refused, setRefused] = useState(false);
	const show = async () => {
		// The first step of the press: the browser asks for nothing later than that.
		const allowed = await browser.permissions.request({ permissions: ["tabs"] }).catch(() => false);
		setRefused(!allowed);
		if (allowed) setTabs(await readTabs());
	};
	if (tabs === null) {
		return (
			<section class="links-part">
				<p class="muted">{refused ? words.tabsRefused : words.whyTabs}</p>
				<div>
					<Button onPress={() => void show()}>{words.showTabs}</Button>
				</div>
			</section>
		);
	}
	const chosen = tabs.filter(({ tabId }) => !out.has(tabId));
	const toggle = (tabId: number) => {
		const next = new Set(out);
		if (!next.delete(tabId)) next.add(tabId);
		setOut(next);
	};
	return (
		<section class="links-part" aria-label={words.tabs}>
			<ul class="tab-list">
				{tabs.map(({ tabId, title, url }) => (
					<li key={tabId}>
						<label class="tab-line">
							<input type="checkbox" class="check" checked={!out.has(tabId)} onChange={() => toggle(tabId)} />
							<span class="clip" title={url}>
								{title || url}
							</span>
						</label>
					</li>
				))}
			</ul>
			<StartPages
				pages={chosen}
				words={words.saveTabs(chosen.length)}
				onStart={() => {
					onStart(chosen);
					setTabs(null);
				}}
			/>
		</section>
	);
}
