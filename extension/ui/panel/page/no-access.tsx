import { siteOf } from "../../../settings/site-targets.ts";
import { Button } from "../../parts/button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { gridWords as words } from "../../words/grid.ts";
import { askForSites, originOf } from "../host-access.ts";
import type { FrontTab } from "./use-tab.ts";

type NoAccessProps = { tab: FrontTab; reason: string; onLookAgain: () => void };

/**
 * Why a tab cannot be read, with the one button that helps. The browser lets us read a tab after a press on the toolbar button, our key or
 * our menu there; the panel itself is no such press. Where it tells us the site, the site can be allowed instead.
 */
export function NoAccess({ tab, reason, onLookAgain }: NoAccessProps) {
	const origin = originOf(tab.url);
	if (reason === "not-readable" && /^(chrome|edge|about|moz-extension|chrome-extension|view-source)/.test(tab.url)) {
		return <Empty icon="page">{words.browserPage}</Empty>;
	}
	if (reason !== "not-readable") {
		return (
			<Empty icon="alert" action={<Button onPress={onLookAgain}>{words.lookAgain}</Button>}>
				{words.noAnswer}
			</Empty>
		);
	}
	if (origin === null) {
		return (
			<Empty icon="key" action={<Button onPress={onLookAgain}>{words.lookAgain}</Button>}>
				{words.pressToolbar}
			</Empty>
		);
	}
	const site = siteOf(tab.url);
	const allow = async () => {
		if (await askForSites([origin])) onLookAgain();
	};
	return (
		<Empty
			icon="key"
			action={
				<Button look="main" onPress={() => void allow()}>
					{words.allowSite(site)}
				</Button>
			}
		>
			{words.whyAllow(site)}
		</Empty>
	);
}
