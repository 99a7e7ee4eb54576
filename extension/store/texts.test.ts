import { expect, test } from "bun:test";
import diagnostics from "../locales/en/diagnostics.json" with { type: "json" };
import words from "../locales/en/privacy.json" with { type: "json" };
import { storeTexts } from "./texts.ts";

const manifest = {
	permissions: Object.keys(words.why),
	optional_permissions: ["tabs"],
	optional_host_permissions: ["https://*/*"],
};

test("SEC-3: the store is told what the privacy page says, and a reason for every permission", () => {
	const text = storeTexts("chrome", manifest);
	for (const sentence of [
		words.readsBody,
		words.keptBody,
		words.keptSignOut,
		words.tabsBody,
		words.picturesBody,
		words.picturesCopy,
		words.picturesGone,
		words.sourcesBody,
		words.filesBody,
		diagnostics.lead,
		diagnostics.clear.body,
		...Object.values(words.why),
	]) {
		expect(text).toContain(sentence);
	}
	expect(text).not.toMatch(/[{}]|undefined/);
	expect(() => storeTexts("chrome", { ...manifest, permissions: ["history"] })).toThrow("history");
});
