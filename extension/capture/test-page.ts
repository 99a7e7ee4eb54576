import { parseHTML } from "linkedom";
import { readBody } from "./body.ts";
import { captureDocument } from "./capture.ts";
import type { CaptureReply, CaptureRequest } from "./draft.ts";

/** What a test says about the page it captures. */
export type TestPage = { html: string; url: string; request?: CaptureRequest; selection?: string };

const parse = (html: string): Document => parseHTML(html).document;

/** Captures a page of markup without a browser, with the article extractor at hand. */
export const captureHtml = ({ html, url, request, selection = "" }: TestPage): CaptureReply => {
	const wrapped = (body: string): Document => parse(`<!doctype html><html><body>${body}</body></html>`);
	return captureDocument(
		{
			budgetMs: Number.POSITIVE_INFINITY,
			document: parse(html),
			url,
			selection,
			readBody: (page, address) => readBody(page, address, wrapped),
		},
		request ?? { subject: { of: "page" }, withBody: false },
	);
};
