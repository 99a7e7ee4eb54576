import { Elysia } from "elysia";
import { say } from "../../words/say.ts";
import { html } from "../oauth/html.ts";
import { showPage } from "../oauth/page.ts";

/** For whoever opens the printed address in a browser: there is nothing to do here, and this says where there is. */
export function getHome() {
	return new Elysia().get(
		"/",
		({ request, set }) =>
			showPage(
				{ request, set },
				{
					title: say("Sheaf is running"),
					body: html`<h1>${say("Sheaf is running")}</h1>
<p>${say("This is the server. Everything you do with Sheaf starts in the extension: press its button in the toolbar.")}</p>`,
				},
			),
		{ detail: { hide: true } },
	);
}
