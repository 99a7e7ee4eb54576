import { describe, expect, test } from "bun:test";
import type { CaptureDraft, CaptureRequest } from "../capture/draft.ts";
import type { NewCapture } from "../outbox/types.ts";
import type { TabCapture } from "./capture-tab.ts";
import type { Gesture } from "./gesture.ts";
import { type QuickDeps, quickCapture } from "./quick-capture.ts";

const url = "https://a.example/page?utm_source=x";
const gesture: Gesture = { tabId: 7, url, title: "A page", subject: { of: "page" }, targetIds: ["t", "u"] };
const draft: CaptureDraft = {
	kind: "article",
	source: { url, title: "A page" },
	fields: { title: { type: "text", value: "Read" } },
	provenance: { title: { from: "json-ld", path: "Article.headline", confidence: 0.95 } },
	image: null,
};
const document = { tabId: 7, documentId: "d", url };

const run = async (answer: TabCapture, change: Partial<QuickDeps> = {}, asked: Gesture = gesture) => {
	const saved: NewCapture[] = [];
	const further: string[] = [];
	const requests: CaptureRequest[] = [];
	const outcome = await quickCapture(asked, {
		captureTab: async (_tabId, request) => {
			requests.push(request);
			return answer;
		},
		save: async (capture, also) => {
			saved.push(capture);
			further.push(...also);
		},
		targets: [],
		...change,
	});
	return { outcome, saved, further, requests };
};

describe("J4: a gesture is saved or says why not", () => {
	test("CAP-5: what was read is saved with the document it was taken from", async () => {
		const { outcome, saved, further } = await run({ draft, document });
		expect(saved).toEqual([{ ...draft, targetId: "t", document }]);
		expect(further).toEqual(["u"]);
		expect(outcome.hint).toBeNull();
	});

	test("the article extractor is asked for only when the target maps a body", async () => {
		const mapped = { targets: [{ id: "u", mapping: [{ from: "body", to: "fld" }] }] };
		const plain = { targets: [{ id: "t", mapping: [{ from: "title", to: "fld" }] }] };
		expect((await run({ draft, document }, mapped)).requests[0]?.withBody).toBe(true);
		expect((await run({ draft, document }, plain)).requests[0]?.withBody).toBe(false);
	});

	for (const failed of ["not-readable", "no-answer"] as const) {
		test(`${failed}: address and title are saved, and a hint says so`, async () => {
			const { outcome, saved } = await run({ failed });
			expect(saved[0]?.fields).toEqual({
				title: { type: "text", value: "A page" },
				url: { type: "url", value: "https://a.example/page" },
				siteName: { type: "text", value: "a.example" },
			});
			expect(saved[0]?.document).toBeNull();
			expect(outcome.hint).toContain("only its address and title");
		});
	}

	test("CAP-5: a page that changed on the way is refused, nothing is mixed", async () => {
		const { outcome, saved } = await run({ failed: "document-changed" });
		expect(saved).toEqual([]);
		expect(outcome.hint).toContain("changed");
	});

	test("a browser page has a title and no address to send", async () => {
		const settings = { ...gesture, url: "chrome://settings/", title: "Settings" };
		const { saved } = await run({ failed: "not-readable" }, {}, settings);
		expect(saved[0]?.fields).toEqual({ title: { type: "text", value: "Settings" } });
		expect(saved[0]?.source).toEqual({ url: "chrome://settings/", title: "Settings" });
	});

	test("nothing at all is said, not saved in silence", async () => {
		const { outcome, saved } = await run({ failed: "not-readable" }, {}, { ...gesture, url: "", title: "" });
		expect(saved).toEqual([]);
		expect(outcome.hint).toContain("nothing on this page");
	});

	test("a link, an image and a selection survive an unreadable page", async () => {
		const link = { of: "link", url: "https://b.example/x", text: "" } as const;
		const [saved] = (await run({ failed: "not-readable" }, {}, { ...gesture, subject: link })).saved;
		expect(saved?.source.url).toBe("https://b.example/x");
		expect(saved?.fields["foundOn"]).toEqual({ type: "url", value: url });
		const image = { of: "image", url: "https://b.example/chair.jpg" } as const;
		const [picture] = (await run({ failed: "not-readable" }, {}, { ...gesture, subject: image })).saved;
		expect(picture?.kind).toBe("image");
		expect(picture?.fields["image"]).toEqual({ type: "image", value: "https://b.example/chair.jpg" });
		const selection = { of: "selection", text: "Some words" } as const;
		const [quote] = (await run({ failed: "not-readable" }, {}, { ...gesture, subject: selection })).saved;
		expect(quote?.fields["quote"]).toEqual({ type: "text", value: "Some words" });
	});

	for (const subject of [
		{ of: "link", url: "javascript:alert(1)", text: "Press" },
		{ of: "image", url: "data:image/png;base64,AA" },
	] as const) {
		test(`CAP-6: ${subject.of} with an address that is none: nothing is saved, and it is said`, async () => {
			for (const failed of ["not-readable", "address-not-http"] as const) {
				const { outcome, saved } = await run({ failed }, {}, { ...gesture, subject });
				expect(saved).toEqual([]);
				expect(outcome.hint).toContain("nothing on this page");
			}
		});
	}

	test("OUT-4: a full disk is said in the outbox's own words", async () => {
		const save = () => Promise.reject(new Error("There is no room left on this device."));
		const { outcome } = await run({ draft, document }, { save });
		expect(outcome).toEqual({ saved: false, hint: "There is no room left on this device." });
	});
});
