import { linkAccount } from "../../../identity/account-links.ts";
import { type Said, say } from "../../../words/say.ts";
import { type LinkError, linkEnd } from "../link/link-end.ts";
import { sendByPage, showPage } from "../page.ts";
import type { Returned } from "./finish-sign-in.ts";
import {
	accountGonePage,
	accountInUsePage,
	arrivedPage,
	notAcceptedPage,
	opening,
	unavailablePage,
} from "./upstream-pages.ts";

/**
 * Back from an upstream to link it. The window ends at the client's redirect, with `linked` or an `error`; one that the person should
 * know of is told in the window first, and its button ends there.
 */
export async function finishLink({
	frame,
	call,
	upstream,
	result,
	destination,
	linksTo,
}: Returned & { linksTo: string }): Promise<string> {
	const { title, id } = upstream;
	const outcome =
		result.kind === "identified" ? await linkAccount(frame.identity, linksTo, result.identity) : result.kind;
	const closing = (error: LinkError) => ({ href: linkEnd(destination, { error }), label: say("Close") });
	switch (outcome) {
		case "linked":
			return arrive(call, say("{title} was added", { title: opening(title) }), linkEnd(destination, { linked: id }));
		case "cancelled":
			return arrive(
				call,
				say("{title} was not added", { title: opening(title) }),
				linkEnd(destination, { error: "access_denied" }),
			);
		case "in-use":
			return showPage(call, accountInUsePage(title, closing("auth/account-in-use")));
		case "gone":
			return showPage(call, accountGonePage(title, closing("auth/upstream-refused")));
		case "refused":
			return showPage(call, notAcceptedPage(title, closing("auth/upstream-refused")));
		case "unavailable":
			return showPage(call, unavailablePage(title, closing("auth/upstream-unavailable")));
	}
}

function arrive(call: Returned["call"], title: Said, address: string): string {
	return sendByPage(call, address, arrivedPage(title, address));
}
