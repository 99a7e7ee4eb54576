import { describe, expect, test } from "bun:test";
import type { CaptureDraft } from "./draft.ts";
import { captureHtml, type TestPage } from "./test-page.ts";

const url = "https://evil.example/page";

const draftOf = (page: Omit<TestPage, "url">): CaptureDraft => {
	const reply = captureHtml({ url, ...page });
	if (!reply.ok) throw new Error(reply.reason);
	return reply.draft;
};

const withData = (json: string): Omit<TestPage, "url"> => ({
	html: `<html><head><title>T</title><script type="application/ld+json">${json}</script></head><body><h1>T</h1></body></html>`,
});

const everyAddress = ({ fields, image }: CaptureDraft): string[] => {
	const values = Object.values(fields).flatMap((field) =>
		field.type === "url" || field.type === "image" ? [field.value] : [],
	);
	return image === null ? values : [...values, image];
};

describe("CAP-6: hostile data always gets an answer", () => {
	test("prototype-poisoning keys change no prototype and become no field", () => {
		const poison =
			'{"@type":"Product","name":"P","__proto__":{"polluted":1,"price":"1"},"constructor":{"prototype":{"polluted":1}}}';
		const draft = draftOf(withData(poison));
		expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
		expect(draft.fields["title"]).toEqual({ type: "text", value: "P" });
		expect(Object.keys(draft.fields).filter((name) => /proto|constructor|polluted/.test(name))).toEqual([]);
	});

	test("10 MB of JSON is skipped unread and the page is still captured", () => {
		const huge = `{"@type":"Product","name":"${"x".repeat(10_000_000)}"}`;
		const draft = draftOf(withData(huge));
		expect(draft.kind).toBe("page");
		expect(draft.fields["title"]).toEqual({ type: "text", value: "T" });
	});

	test("objects that refer to each other in circles end", () => {
		const graph = [
			{ "@type": "Article", "@id": "#a", headline: "T", author: { "@id": "#b" }, isPartOf: { "@id": "#a" } },
			{ "@type": "Person", "@id": "#b", name: "Ada", worksFor: { "@id": "#b" }, mainEntityOfPage: { "@id": "#a" } },
			{ "@type": "WebPage", "@id": "#p", mainEntity: { "@id": "#p" } },
		];
		const draft = draftOf(withData(JSON.stringify({ "@graph": graph })));
		expect(draft.kind).toBe("article");
		expect(draft.fields["author"]).toEqual({ type: "text", value: "Ada" });
	});

	test("deep nesting, in data and in arrays, ends", () => {
		const nested = `${'{"@type":"Thing","about":'.repeat(20_000)}1${"}".repeat(20_000)}`;
		const arrays = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
		for (const json of [nested, arrays]) expect(draftOf(withData(json)).kind).toBe("page");
	});

	test("a flood of objects is cut, not followed", () => {
		const flood = Array.from({ length: 30_000 }, (_, at) => ({ "@type": "Offer", price: at }));
		const draft = draftOf(withData(JSON.stringify({ "@type": "Product", name: "T", offers: flood })));
		expect(draft.kind).toBe("product");
	});

	test("broken data leaves the other blocks readable", () => {
		const html = `<html><head><title>T</title><script type="application/ld+json">{"@type":"Product",</script>
			<script type="application/ld+json">/* <![CDATA[ */ {"@type":"Recipe","name":"Soup",} /* ]]> */</script></head><body></body></html>`;
		expect(draftOf({ html }).kind).toBe("recipe");
	});

	test("50,000 elements, with the body asked for", () => {
		const html = `<html><head><title>T</title></head><body><main>${"<p>One of <b>many</b></p>".repeat(25_000)}</main></body></html>`;
		const draft = draftOf({ html, request: { subject: { of: "page" }, withBody: true } });
		const body = draft.fields["body"];
		expect(body?.type === "markdown" && body.value.length).toBeLessThanOrEqual(100_000);
		expect(body?.type === "markdown" && body.value.startsWith("One of **many**")).toBe(true);
	}, 180_000);

	// Each takes minutes where the work grows with the square of the page, and no time at all where it does not.
	const floods: [string, Omit<TestPage, "url">][] = [
		["semicolons after data", withData(`{}${";".repeat(900_000)}x`)],
		[
			"openings of scripts",
			withData(JSON.stringify({ "@type": "Product", name: "T", description: "<script>".repeat(100_000) })),
		],
		[
			"names of one meta",
			{ html: `<html><head><title>T</title><meta property="${"a ".repeat(400_000)}" content="x"></head></html>` },
		],
	];
	for (const [name, flood] of floods) {
		test(`a flood of ${name} is read in one pass`, () => {
			expect(draftOf(flood).fields["title"]).toEqual({ type: "text", value: "T" });
		}, 180_000);
	}

	test("a page that keeps its content in its address is saved without that part", () => {
		const reply = captureHtml({ html: "<title>T</title>", url: `${url}#code=${"x".repeat(20_000)}` });
		expect(reply.ok && reply.draft.fields["url"]).toEqual({ type: "url", value: url });
	});

	test("an empty document has a draft", () => {
		expect(draftOf({ html: "<html></html>" }).fields["url"]).toEqual({ type: "url", value: url });
	});

	test("text that no store takes is mended", () => {
		const draft = draftOf(withData('{"@type":"Product","name":"a\\u0000b\\ud83dc"}'));
		expect(draft.fields["title"]).toEqual({ type: "text", value: "abc" });
	});
});

const addresses = [
	"javascript:alert(1)",
	"JaVaScRiPt:alert(1)",
	"&#106;avascript:alert(1)",
	"java\tscript:alert(1)",
	"data:text/html,<script>alert(1)</script>",
	"vbscript:msgbox(1)",
	"file:///etc/passwd",
	"blob:https://evil.example/1",
];

describe("CAP-6: no address but http and https leaves a page", () => {
	for (const address of addresses) {
		test(address, () => {
			const html = `<html><head><title>T</title><link rel="canonical" href="${address}"><meta property="og:image" content="${address}">
				<meta property="og:type" content="product"></head><body itemscope itemtype="https://schema.org/Product"><img itemprop="image" src="${address}"></body></html>`;
			const draft = draftOf({ html });
			expect(everyAddress(draft).filter((found) => !/^https?:\/\//.test(found))).toEqual([]);
		});
	}

	test("a link or an image with such an address is refused with a reason", () => {
		for (const subject of [
			{ of: "link", url: "javascript:alert(1)", text: "x" },
			{ of: "image", url: "data:image/png;base64,AA" },
		] as const) {
			const reply = captureHtml({ html: "<title>T</title>", url, request: { subject, withBody: false } });
			expect(reply).toEqual({ ok: false, reason: "address-not-http" });
		}
	});
});
