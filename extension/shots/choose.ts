import type { Region } from "./plan.ts";

/** What the overlay is started with in which an element is chosen. `token`: the word by which its answer is known. */
export type ChooseRequest = { token: string; theme: "system" | "light" | "dark" };

/** What it sends: where the element is in the document; null: the person has ended it. Checked like anything that comes from a page's process. */
export type Chosen = { sheafChosen: string; region: Region | null };

/** The injected script defines it in its isolated world, which pages cannot see. */
declare global {
	var sheafChoose: ((request: ChooseRequest) => void) | undefined;
}

/** Whether a message is of such an overlay at all. */
export function isChosen(message: unknown): message is Chosen {
	return (
		typeof message === "object" &&
		message !== null &&
		"sheafChosen" in message &&
		typeof message.sheafChosen === "string" &&
		"region" in message &&
		(message.region === null || isRegion(message.region))
	);
}

function isRegion(value: unknown): value is Region {
	if (typeof value !== "object" || value === null) return false;
	const entries = new Map<string, unknown>(Object.entries(value));
	return ["left", "top", "width", "height"].every((name) => Number.isFinite(entries.get(name)));
}
