import "../../messages/test-browser.ts";
import { afterEach, beforeEach, expect, test } from "bun:test";
import { parseHTML } from "linkedom";
import { h, render } from "preact";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { targets } from "../../settings/items.ts";
import { testTarget } from "../test-target.ts";
import { readSettings, type Settings, useSettings } from "./settings.ts";

let root: HTMLElement;
let drawn: Settings[];

beforeEach(() => {
	fakeBrowser.reset();
	const { document } = parseHTML("<html><body><div></div></body></html>");
	Object.assign(globalThis, { document, localStorage: { removeItem: () => undefined } });
	root = document.querySelector("div") as unknown as HTMLElement;
	drawn = [];
});

afterEach(() => {
	render(null, root);
	for (const name of ["document", "localStorage"]) Reflect.deleteProperty(globalThis, name);
});

function draw(start: Settings): void {
	function Probe() {
		drawn.push(useSettings(start));
		return null;
	}
	render(h(Probe, {}), root);
}

const shown = () => drawn.at(-1)?.targets.map(({ id }) => id) ?? null;

/** Once it shows those; what never comes ends with the test's time. */
const shows = async (ids: readonly string[]): Promise<void> => {
	while (shown()?.join() !== ids.join()) await new Promise((resolve) => setImmediate(resolve));
	expect(shown()).toEqual([...ids]);
};

test("LIVE-1: what was written between a page's first look at the settings and its being drawn is drawn", async () => {
	const start = await readSettings();
	await targets.setValue([testTarget({ id: "meanwhile" })]);
	draw(start);
	await shows(["meanwhile"]);
});

test("LIVE-1: what is written later is drawn", async () => {
	draw(await readSettings());
	await shows([]);
	await targets.setValue([testTarget({ id: "later" })]);
	await shows(["later"]);
});
