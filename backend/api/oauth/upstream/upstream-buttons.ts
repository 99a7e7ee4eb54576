import type { WayIn } from "../../../contract/ways-in.ts";
import { say } from "../../../words/say.ts";
import { type Html, html, trusted } from "../html.ts";
import { divider, hiddenFields } from "../page-parts.ts";

export type UpstreamChoice = { ways: readonly WayIn[]; formToken: string; path: string };

/** "Continue with …", one button for each way in through somebody else, and the line before the e-mail form; nothing where there are none. */
export function upstreamButtons({ ways, formToken, path }: UpstreamChoice): Html | null {
	if (ways.length === 0) return null;
	const buttons = ways.map(
		({ id, title }) =>
			html`<button type="submit" class="quiet" formaction="${upstreamPath(id)}">${markOf(id)}${say("Continue with {title}", { title })}</button>`,
	);
	return html`<form class="buttons" method="post" action="${upstreamPath(ways[0]?.id ?? "")}">
${hiddenFields({ formToken, path })}
${buttons}
</form>
${divider(say("or by e-mail"))}`;
}

/** Where a way in's button leads. */
function upstreamPath(id: string): string {
	return `/oauth/upstream/${id}`;
}

/** Drawn by hand in one colour: the pages load no image. */
const marks: Readonly<Record<string, string>> = {
	google: '<path d="M13 8H8.4M13 8a5 5 0 1 1-1.6-3.7"/>',
	github:
		'<path d="M3.2 2.8 5.6 4.2a8 8 0 0 1 4.8 0l2.4-1.4v4c0 3.6-2 5.9-4.8 5.9S3.2 10.4 3.2 6.8z"/><path d="M6.2 8v.8M9.8 8v.8"/>',
	microsoft: '<path d="M2.5 2.5h4.7v4.7H2.5zM8.8 2.5h4.7v4.7H8.8zM2.5 8.8h4.7v4.7H2.5zM8.8 8.8h4.7v4.7H8.8z"/>',
	clerk: '<circle cx="8" cy="8" r="1.9"/><path d="M12.2 3.6a6 6 0 1 0 0 8.8"/>',
};
const key = '<circle cx="5.2" cy="10.8" r="2.7"/><path d="M7.2 8.8 13 3M10.4 5.6l2.2 2.2"/>';

function markOf(id: string): Html {
	return trusted(
		'<svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" ' +
			`stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${marks[id] ?? key}</svg>`,
	);
}
