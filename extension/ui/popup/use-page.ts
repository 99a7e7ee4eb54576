import { useEffect, useState } from "preact/hooks";
import type { TargetView } from "../../../backend/contract/targets.ts";
import { type ActiveTab, type PageReading, readPage } from "./read-page.ts";

const notReadable: PageReading = { kind: "closed", url: "", title: "", because: "not-readable" };

/**
 * Reads the page once; and once more, with its text, when a target is chosen that has a column for it.
 * @param round another one: it is read again, because a recipe for it has changed
 */
export function usePage(tab: ActiveTab | null, targets: readonly TargetView[], round: number): PageReading {
	const [page, setPage] = useState<PageReading>(
		tab ? { kind: "reading", url: tab.url, title: tab.title } : notReadable,
	);
	const withBody = targets.some(({ mapping }) => mapping.some((entry) => entry.from === "body"));
	const [bodyWanted, setBodyWanted] = useState(withBody);
	if (withBody && !bodyWanted) setBodyWanted(true);
	useEffect(() => {
		if (!tab) return;
		let left = false;
		const read = async () => {
			const reading = await readPage(tab, bodyWanted);
			if (!left) setPage(reading);
		};
		read().catch(() => !left && setPage(notReadable));
		return () => {
			left = true;
		};
	}, [bodyWanted, round]);
	return page;
}
