import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import { readBody } from "../capture/body.ts";
import "../capture/handover.ts";

/** The article extractor, by far the largest part of a capture: injected only when the target maps a body. */
export default defineUnlistedScript(() => {
	const parseHtml = (html: string): Document => new DOMParser().parseFromString(html, "text/html");
	globalThis.sheafReadBody = (page, url) => readBody(page, url, parseHtml);
});
