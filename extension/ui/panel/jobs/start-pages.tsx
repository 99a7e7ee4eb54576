import { useEffect, useState } from "preact/hooks";
import { siteOf } from "../../../settings/site-targets.ts";
import { Button } from "../../parts/button.tsx";
import { jobWords as words } from "../../words/jobs.ts";
import { askForSites, mayRead, originOf } from "../host-access.ts";
import type { NewPage } from "./use-jobs.ts";

type StartPagesProps = { pages: readonly NewPage[]; words: string; onStart: () => void };

/** Asks for the sites that may not be read yet, with the reason beside the button; without them, pages are saved as links. */
export function StartPages({ pages, words: press, onStart }: StartPagesProps) {
	const missing = useMissing(pages);
	if (pages.length === 0) return null;
	const allow = async () => {
		await askForSites(missing);
		onStart();
	};
	if (missing.length === 0) {
		return (
			<Button look="main" onPress={onStart}>
				{press}
			</Button>
		);
	}
	return (
		<>
			<p class="muted">{words.whyAllow(missing.map((origin) => siteOf(origin.replace(/\*$/, ""))))}</p>
			<div class="links-buttons">
				<Button look="main" onPress={() => void allow()}>
					{words.allowAndSave(pages.length)}
				</Button>
				<Button onPress={onStart}>{words.linksOnly}</Button>
			</div>
		</>
	);
}

/** The sites of these pages that nobody has allowed yet. Known before the press: asking has to be its first step. */
function useMissing(pages: readonly NewPage[]): string[] {
	const [missing, setMissing] = useState<string[]>([]);
	const key = pages.map(({ url }) => url).join("\n");
	useEffect(() => {
		let left = false;
		const origins = new Map(pages.flatMap(({ url }) => (originOf(url) ? [[originOf(url) ?? "", url]] : [])));
		const ask = async () => {
			const asked = await Promise.all([...origins].map(async ([origin, url]) => ({ origin, may: await mayRead(url) })));
			if (!left) setMissing(asked.filter(({ may }) => !may).map(({ origin }) => origin));
		};
		ask().catch(() => undefined);
		return () => {
			left = true;
		};
	}, [key]);
	return missing;
}
