import { linkAccount } from "../../../identity/account-links.ts";
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
	const closing = (error: LinkError) => ({ href: linkEnd(destination, { error }), label: "Close" });
	switch (outcome) {
		case "linked":
			return arrive(call.set, `${opening(title)} was added`, linkEnd(destination, { linked: id }));
		case "cancelled":
			return arrive(call.set, `${opening(title)} was not added`, linkEnd(destination, { error: "access_denied" }));
		case "in-use":
			return showPage(call.set, accountInUsePage(title, closing("auth/account-in-use")));
		case "gone":
			return showPage(call.set, accountGonePage(title, closing("auth/upstream-refused")));
		case "refused":
			return showPage(call.set, notAcceptedPage(title, closing("auth/upstream-refused")));
		case "unavailable":
			return showPage(call.set, unavailablePage(title, closing("auth/upstream-unavailable")));
	}
}

function arrive(set: Returned["call"]["set"], title: string, address: string): string {
	return sendByPage(set, address, arrivedPage(title, address));
}
