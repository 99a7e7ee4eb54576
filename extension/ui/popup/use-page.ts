import { useEffect, useState } from "preact/hooks";
import type { TargetView } from "../../../backend/contract/targets.ts";
import { activeTab, type PageReading, readPage } from "./read-page.ts";

/** Reads the page once; and once more, with its text, when a target is chosen that has a column for it. */
export function usePage(target: TargetView | null): PageReading {
	const [page, setPage] = useState<PageReading>({ kind: "reading", url: "", title: "" });
	const withBody = target?.mapping.some((entry) => entry.from === "body") ?? false;
	const [bodyWanted, setBodyWanted] = useState(withBody);
	if (withBody && !bodyWanted) setBodyWanted(true);
	useEffect(() => {
		let left = false;
		const read = async () => {
			const tab = await activeTab();
			if (left) return;
			if (!tab) return setPage({ kind: "closed", url: "", title: "", because: "not-readable" });
			setPage({ kind: "reading", url: tab.url, title: tab.title });
			const reading = await readPage(tab, bodyWanted);
			if (!left) setPage(reading);
		};
		read().catch(() => !left && setPage({ kind: "closed", url: "", title: "", because: "not-readable" }));
		return () => {
			left = true;
		};
	}, [bodyWanted]);
	return page;
}
