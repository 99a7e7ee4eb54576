import { afterEach, beforeEach, expect, test } from "bun:test";
import { parseHTML } from "linkedom";
import { h, render } from "preact";
import { testRecord } from "../test-target.ts";
import { StatusLine } from "./status-line.tsx";
import { WebLink } from "./web-link.tsx";

let root: HTMLElement;

beforeEach(() => {
	const { document } = parseHTML("<html><body><div></div></body></html>");
	Object.assign(globalThis, { document });
	root = document.querySelector("div") as unknown as HTMLElement;
});

afterEach(() => {
	render(null, root);
	Reflect.deleteProperty(globalThis, "document");
});

const hostile = [
	"javascript:alert(1)",
	"JaVaScRiPt:alert(1)",
	" javascript:alert(1)",
	"data:text/html,x",
	"blob:x",
	"",
	"/x",
];

for (const href of hostile) {
	test(`CAP-6: “${href}” is text, not a link, wherever it came from`, () => {
		render(h(WebLink, { href, children: "words" }), root);
		expect(root.querySelector("a")).toBeNull();
		expect(root.textContent).toBe("words");
		const record = testRecord({ state: "delivered", remoteUrl: href });
		render(h(StatusLine, { record, providerTitle: "Airtable" }), root);
		expect(root.querySelector("a")).toBeNull();
	});
}

test("a web address is a link that tells the page nothing of where it was pressed", () => {
	render(h(WebLink, { href: "https://a.test/1", children: "words" }), root);
	const link = root.querySelector("a");
	expect([link?.getAttribute("href"), link?.getAttribute("rel")]).toEqual(["https://a.test/1", "noreferrer"]);
});
